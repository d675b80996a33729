package org.penstock.core.session;

import java.util.ArrayList;
import java.util.List;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.router.CoreServices;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;

/** A router in the test's hand: sends what begins with a server's name there, everything else to all; remembers what it is told. */
final class Routing implements RouterSession {
    CoreServices needs = new CoreServices(true, 10, true, true);
    List<String> first = List.of("a", "b");
    OnLoss onLoss = OnLoss.GO_ON;
    String primary = "a";
    String executes = "a";
    String preparesAt;
    boolean retries;
    boolean executesAll;
    final List<String> lost = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final List<String> replies = new ArrayList<>();
    RouterContext context;

    /** The router that has this part. */
    Router router() {
        return given -> {
            context = given;
            return this;
        };
    }

    @Override
    public CommandInterest interest() {
        return CommandInterest.head(100);
    }

    @Override
    public CoreServices needs() {
        return needs;
    }

    @Override
    public List<String> connectFirst() {
        return first;
    }

    @Override
    public Route route(Command command, Holds holds) {
        if (command.code() == Command.COM_QUERY) {
            String sql = command.sql();
            asked.add(sql);
            if (sql.startsWith("read")) {
                return Route.to(executes, retries);
            }
            for (ServerView server : context.servers()) {
                if (sql.startsWith(server.name() + ":")) {
                    return Route.to(server.name(), retries);
                }
            }
            return Route.toAll(primary);
        }
        asked.add(Integer.toHexString(command.code()));
        return switch (command.code()) {
            case 0x16 -> preparesAt == null ? Route.toAll(primary) : Route.to(preparesAt);
            case 0x1F, 0x02 -> Route.toAll(primary);
            case 0x17 -> executesAll ? Route.toAll(primary) : Route.to(executes, retries);
            default -> Route.to(executes, retries);
        };
    }

    @Override
    public OnLoss onConnectionLost(ServerView server, boolean waiting) {
        lost.add(server.name() + (waiting ? " waiting" : ""));
        return onLoss;
    }

    @Override
    public void onReply(ServerView server, long nanos, int error) {
        replies.add(server.name() + " " + error + (nanos < 0 ? " before" : ""));
    }
}
