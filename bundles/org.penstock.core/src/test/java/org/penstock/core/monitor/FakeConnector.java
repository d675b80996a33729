package org.penstock.core.monitor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerView;
import org.penstock.core.server.ServiceConnector;

/** Connections of monitors that a script answers for. */
final class FakeConnector implements ServiceConnector {
    final List<String> connects = new CopyOnWriteArrayList<>();
    int open;

    @Nullable
    RuntimeException refusal;

    Supplier<CompletionStage<QueryResult>> answer = () -> CompletableFuture.completedFuture(MonitorFixture.ONE);

    @Nullable
    CompletableFuture<Opened> pending;

    @Override
    public CompletionStage<Opened> connect(
            ServerView server, String user, String password, Duration connectTimeout, Duration readTimeout) {
        connects.add(user + "@" + server.name() + ":" + server.port());
        if (pending != null) {
            return pending;
        }
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        return CompletableFuture.completedFuture(connection(server));
    }

    Opened connection(ServerView server) {
        open++;
        return new Opened() {
            private boolean closed;

            @Override
            public ServerView server() {
                return server;
            }

            @Override
            public CompletionStage<QueryResult> query(String sql) {
                return answer.get();
            }

            @Override
            public String version() {
                return "11.4.5-MariaDB";
            }

            @Override
            public boolean isOpen() {
                return !closed;
            }

            @Override
            public void close() {
                if (!closed) {
                    open--;
                }
                closed = true;
            }
        };
    }
}
