package org.penstock.core.session;

/**
 * The back-pressure of one session: a client that does not read stops the reads from its servers, a server that does not read, or a command that waits, stops
 * the reads from the client.
 */
final class Flow {
    private final SessionMachine machine;
    /** Off while the bytes of the client are those of a login. */
    private boolean reading;

    private boolean clientWritable = true;

    Flow(SessionMachine machine) {
        this.machine = machine;
    }

    /** Whether the client takes more bytes. */
    boolean clientWritable() {
        return clientWritable;
    }

    void clientWritable(boolean writable) {
        clientWritable = writable;
        for (Link link : machine.links().all()) {
            machine.port().readServer(link, writable);
        }
    }

    /** A server was connected while the client may not be reading. */
    void connected(Link link) {
        if (!clientWritable) {
            machine.port().readServer(link, false);
        }
    }

    /** Reads from the client when all of what was read has been passed on, and every server takes more. */
    void steer() {
        if (machine.account().changing()) {
            return;
        }
        boolean read = machine.running()
                && !machine.commands().hasInput()
                && !machine.links().anyBlocked();
        if (read != reading) {
            reading = read;
            machine.port().readClient(read);
        }
    }

    /** What the client sends is for a login until that hands it back, with reading off. */
    void lend() {
        reading = false;
    }
}
