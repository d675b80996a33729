package org.penstock.core.session;

import org.penstock.wire.PacketWriter;

/** Sends a command to the servers of a session whose replies nobody waits for. */
final class FanOut {
    private final SessionMachine machine;

    FanOut(SessionMachine machine) {
        this.machine = machine;
    }

    /** Sends a copy of a command to every link but the one that answers. */
    void others(Link answering, Exchange exchange, byte[] payload, boolean replies) {
        for (Link link : machine.links().all()) {
            if (link == answering || !link.ready()) {
                continue;
            }
            if (replies) {
                Exchange silent = machine.exchanges().acquire(exchange.number, exchange.code);
                silent.owner = Exchange.Owner.NOBODY;
                machine.replies().await(link, silent);
            }
            machine.port().toServer(link, new ArrayBytes(PacketWriter.frame(0, payload)));
        }
    }
}
