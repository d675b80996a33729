package org.penstock.core.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.AccountSource;
import org.penstock.api.error.BackendException;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerView;
import org.penstock.api.server.ServiceConnection;
import org.penstock.core.server.ServiceConnector;

/** Servers whose connections succeed or fail as a test says, and a source that reads what the test put there. */
final class FakeServers implements ServiceConnector, AccountSource {
    final List<String> connects = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    private final Map<String, CompletableFuture<AccountSet>> accounts = new ConcurrentHashMap<>();
    private final Map<String, List<RuntimeException>> failures = new ConcurrentHashMap<>();

    void accounts(String server, AccountSet set) {
        accounts.put(server, CompletableFuture.completedFuture(set));
    }

    void accounts(String server, CompletableFuture<AccountSet> later) {
        accounts.put(server, later);
    }

    /** The next connections to a server fail, one for each. */
    void failConnects(String server, RuntimeException... reasons) {
        failures.put(server, new ArrayList<>(List.of(reasons)));
    }

    @Override
    public CompletionStage<Opened> connect(
            ServerView server, String user, String password, Duration connectTimeout, Duration readTimeout) {
        connects.add(server.name());
        List<RuntimeException> reasons = failures.getOrDefault(server.name(), new ArrayList<>());
        if (!reasons.isEmpty()) {
            return CompletableFuture.failedFuture(reasons.remove(0));
        }
        open.incrementAndGet();
        return CompletableFuture.completedFuture(new FakeConnection(server));
    }

    @Override
    public CompletionStage<AccountSet> load(ServiceConnection connection) {
        String server = connection.server().name();
        CompletableFuture<AccountSet> set = accounts.get(server);
        return set == null ? CompletableFuture.failedFuture(new BackendException(server, "no accounts", null)) : set;
    }

    private final class FakeConnection implements Opened {
        private final ServerView server;

        FakeConnection(ServerView server) {
            this.server = server;
        }

        @Override
        public ServerView server() {
            return server;
        }

        @Override
        public CompletionStage<QueryResult> query(String sql) {
            return CompletableFuture.completedFuture(new QueryResult(List.of(), List.of()));
        }

        @Override
        public String version() {
            return "11.4.5-MariaDB";
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
