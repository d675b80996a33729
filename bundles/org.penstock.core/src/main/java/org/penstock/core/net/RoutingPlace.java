package org.penstock.core.net;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.penstock.core.server.Server;

/**
 * A place among the connections that a server takes ({@code max_routing_connections}): a free one, or that of an idle connection in a pool, which gives way, on this
 * loop first and then on the others.
 */
final class RoutingPlace {
    private final Server server;
    private final SessionLoop own;
    private final List<SessionLoop> loops;
    private final long deadline;
    private final Outcome outcome;
    private int asked;

    /** What became of it; one of both is called, once, on the own loop, perhaps at once. */
    interface Outcome {
        /** There is one, and it is counted: {@code Server.connectionClosed} must follow. */
        void taken();

        void none();
    }

    /**
     * @param own the loop on which this is called and answered
     * @param loops all loops
     * @param millis how long idle connections of other loops may be asked for
     */
    RoutingPlace(Server server, SessionLoop own, List<SessionLoop> loops, long millis, Outcome outcome) {
        this.server = server;
        this.own = own;
        this.loops = loops;
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        this.outcome = outcome;
    }

    void take() {
        do {
            if (server.tryOpenConnection()) {
                outcome.taken();
                return;
            }
        } while (own.pool().dropOne(server));
        askNext();
    }

    private void askNext() {
        while (asked < loops.size() && loops.get(asked) == own) {
            asked++;
        }
        if (asked == loops.size() || server.pool().idle() == 0 || System.nanoTime() - deadline > 0) {
            outcome.none();
            return;
        }
        SessionLoop other = loops.get(asked);
        other.execute(() -> {
            boolean dropped = other.pool().dropOne(server);
            own.execute(() -> dropped(dropped));
        });
    }

    /** Another may have been quicker; then the same loop is asked once more. */
    private void dropped(boolean dropped) {
        if (server.tryOpenConnection()) {
            outcome.taken();
            return;
        }
        asked += dropped ? 0 : 1;
        askNext();
    }
}
