package org.penstock.core.net;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.router.CoreServices;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;
import org.penstock.api.statement.Placement;
import org.penstock.wire.CommandType;

/** Sends each read to the next server, session commands to all, everything else to server1. */
final class AlternatingRouter implements Router {
    /** Commands that went to each server alone. */
    final Map<String, AtomicInteger> reads = new ConcurrentHashMap<>();

    final AtomicInteger lost = new AtomicInteger();

    /** Servers that are connected at the login. */
    volatile List<String> first = List.of("server1", "server2", "server3");

    /** Servers that reads go to. */
    volatile List<String> usable = List.of("server1", "server2", "server3");

    @Override
    public RouterSession open(RouterContext context) {
        return new Part();
    }

    private static final Route ALL = Route.toAll("server1");

    private final class Part implements RouterSession {
        private int turn;

        @Override
        public CommandInterest interest() {
            return CommandInterest.head(4096);
        }

        @Override
        public CoreServices needs() {
            return new CoreServices(true, 50, true, true);
        }

        @Override
        public List<String> connectFirst() {
            return first;
        }

        @Override
        public Route route(Command command, Holds holds) {
            return switch (command.code()) {
                case CommandType.QUERY ->
                    all(command) ? ALL : query(command.sql().strip().toUpperCase(Locale.ROOT));
                case CommandType.STMT_PREPARE, CommandType.INIT_DB, CommandType.RESET_CONNECTION -> ALL;
                case CommandType.STMT_EXECUTE -> all(command) ? ALL : next();
                case CommandType.STMT_RESET, CommandType.STMT_SEND_LONG_DATA -> next();
                default -> Route.to("server1");
            };
        }

        private static boolean all(Command command) {
            return command.statement().placement() == Placement.ALL;
        }

        private Route query(String sql) {
            return sql.startsWith("SELECT") || sql.startsWith("EXECUTE") || sql.startsWith("SHOW")
                    ? next()
                    : Route.to("server1");
        }

        private Route next() {
            List<String> servers = usable;
            String server = servers.get(turn++ % servers.size());
            reads.computeIfAbsent(server, name -> new AtomicInteger()).incrementAndGet();
            return Route.to(server, true);
        }

        @Override
        public OnLoss onConnectionLost(ServerView server, boolean waiting) {
            lost.incrementAndGet();
            return OnLoss.GO_ON;
        }
    }
}
