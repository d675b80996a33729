package org.penstock.core.session;

import java.time.Duration;
import java.util.List;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Hold;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.AnswerSource;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;

/** A router that does what the commands say. */
record SimRouter(Simulation sim) implements Router {
    @Override
    public RouterSession open(RouterContext context) {
        sim.parts++;
        return new Part();
    }

    /** What is streamed in place of a server's answer: the same. */
    static List<SimReply.Part> streamed(SimCommand command, long capabilities) {
        return command.reply(capabilities);
    }

    private final class Part implements RouterSession {
        @Override
        public CommandInterest interest() {
            return CommandInterest.head(220);
        }

        @Override
        public List<String> connectFirst() {
            return sim.seed % 4 == 0 ? List.of() : List.of("a");
        }

        @Override
        public Route route(Command command, Holds holds) {
            SimCommand seen = SimCommand.parse(command.payload().bytes());
            if (seen == null) {
                return Route.to("a");
            }
            if (!seen.has("@rhold")) {
                return decide(seen);
            }
            Route route = decide(seen);
            Hold<Route> hold = holds.hold(Duration.ofSeconds(4), route);
            sim.heldRoute(hold, route);
            return Route.hold(hold);
        }

        private Route decide(SimCommand seen) {
            String server = seen.has("@b") ? "b" : seen.has("@c") ? "c" : "a";
            if (seen.has("@ranswer")) {
                return Route.answer(new Answer.Ok(8, 0, 0, ""));
            }
            if (seen.has("@rfail")) {
                return Route.fail(new SqlError(4002, "HY000", "the router says no"));
            }
            if (seen.has("@stream")) {
                return Route.answer(new Source(seen));
            }
            if (seen.has("@ask")) {
                return Route.ask(server, "ask", result -> {
                    if (!result.rows().equals(List.of(List.of(server)))) {
                        throw new AssertionError("asked " + server + ", got " + result);
                    }
                    return seen.has("@all") ? Route.toAll(server) : Route.to("a");
                });
            }
            return seen.has("@all") ? Route.toAll(server) : Route.to(server);
        }

        @Override
        public OnLoss onConnectionLost(ServerView server, boolean waiting) {
            return sim.goesOn ? OnLoss.GO_ON : OnLoss.CLOSE;
        }

        @Override
        public void close() {
            sim.parts--;
        }
    }

    /** Gives a packet or two at each pull, some of them only when it is woken. */
    private final class Source implements AnswerSource {
        private final List<SimReply.Part> parts;
        private int next;
        private boolean open;

        Source(SimCommand command) {
            this.parts = streamed(command, sim.capabilities);
        }

        @Override
        public void pull(Sink sink) {
            if (!open) {
                open = true;
                sim.sources++;
            }
            if (next == parts.size()) {
                throw new AssertionError("pulled behind the end");
            }
            int count = sim.random.nextInt(3);
            boolean more = true;
            while (next < parts.size() && more && count-- > 0) {
                more = sink.packet(parts.get(next++).payload());
            }
            if (next == parts.size()) {
                sim.sources--;
                sink.end();
            } else if (more) {
                sim.later(sink::ready);
            }
        }

        @Override
        public void cancel() {
            sim.sources -= open ? 1 : 0;
        }
    }
}
