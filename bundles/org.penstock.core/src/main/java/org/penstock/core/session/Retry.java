package org.penstock.core.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;

/**
 * Commands that were lost with their server before the client got a byte of their reply: routed anew, in order, in their places of the queue. No command of the
 * client overtakes them.
 */
final class Retry {
    /** Longest command that is kept until its reply begins. */
    static final int MAX_KEPT = 1024 * 1024;

    /** How often one command is routed anew. */
    static final int MAX_ATTEMPTS = 10;

    private final SessionMachine machine;
    private final List<Exchange> lost = new ArrayList<>(1);
    private @Nullable Decision decision;

    Retry(SessionMachine machine) {
        this.machine = machine;
    }

    /** Whether a command waits to be sent anew. */
    boolean pending() {
        return !lost.isEmpty();
    }

    /** Whether a module is being asked about one. */
    boolean deciding() {
        return decision != null && decision.deciding();
    }

    /** Whether the command can be had elsewhere, should its server be lost now. */
    static boolean possible(Exchange exchange) {
        Link link = exchange.link;
        boolean begun = link == null || (link.expected().peek() == exchange && link.lastSequence >= 0);
        return exchange.kept() && !begun && exchange.attempts < MAX_ATTEMPTS;
    }

    /** A command was lost. One that was sent anew already, and is lost once more, goes before those behind it, whatever has been decided about them. */
    void add(Exchange exchange) {
        exchange.attempts++;
        exchange.again = true;
        int place = lost.size();
        while (place > 0 && lost.get(place - 1).number > exchange.number) {
            place--;
        }
        if (place == 0 && !lost.isEmpty() && decision != null) {
            decision.close();
        }
        lost.add(place, exchange);
    }

    /** Goes on with the first of them, and with the next once it has been sent. */
    void go() {
        Decision deciding = decision;
        while (!lost.isEmpty() && machine.running()) {
            if (deciding == null) {
                deciding = new Decision(machine);
                decision = deciding;
            }
            Exchange first = lost.get(0);
            if (deciding.pending()) {
                deciding.retry();
            } else {
                deciding.again(first);
            }
            if (!lost.isEmpty() && lost.get(0) == first) {
                return;
            }
        }
    }

    /** The command was sent anew, or answered here. */
    void done(Exchange exchange) {
        exchange.again = false;
        lost.remove(exchange);
    }

    /** A server is gone for which one of them waits. */
    void lost(Link link, SqlError why) {
        if (decision != null) {
            decision.lost(link, why);
        }
    }

    /** Whether one of them waits for that server, or for what it is asked. */
    boolean awaits(Link link) {
        return decision != null && decision.awaits(link);
    }

    void close() {
        lost.clear();
        if (decision != null) {
            decision.close();
        }
    }
}
