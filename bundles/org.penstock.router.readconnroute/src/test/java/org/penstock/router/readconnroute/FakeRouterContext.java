package org.penstock.router.readconnroute;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.RouterContext;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.Branch;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Transaction;

/** A session of the service {@code read} over the servers of a test. */
final class FakeRouterContext implements RouterContext {
    final Set<String> connected = new HashSet<>();
    SqlError closed;
    private final List<ServerView> servers;

    FakeRouterContext(FakeServer... servers) {
        this.servers = List.of(servers);
    }

    @Override
    public List<ServerView> servers() {
        return servers;
    }

    @Override
    public Set<String> connected() {
        return connected;
    }

    @Override
    public void connect(String server) {
        connected.add(server);
    }

    @Override
    public void disconnect(String server) {
        connected.remove(server);
    }

    @Override
    public String previous() {
        return null;
    }

    @Override
    public Transaction transaction() {
        return Transaction.NONE;
    }

    @Override
    public Set<Pin> pins() {
        return Set.of();
    }

    @Override
    public String pinnedTo() {
        return null;
    }

    @Override
    public void pin(Pin reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public void close(SqlError error) {
        closed = error;
    }

    @Override
    public <T> void background(Callable<T> task, Outcome<T> outcome) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Branch branch(String service) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public String service() {
        return "read";
    }

    @Override
    public String user() {
        return "app";
    }

    @Override
    public String clientAddress() {
        return "127.0.0.1";
    }

    @Override
    public String database() {
        return null;
    }

    @Override
    public int charset() {
        return 45;
    }

    @Override
    public long capabilities() {
        return 0;
    }

    @Override
    public int serverStatus() {
        return 0;
    }

    @Override
    public Map<String, String> attributes() {
        return Map.of();
    }
}
