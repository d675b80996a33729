package org.penstock.core.net;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.api.server.QueryResult;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.ServiceConnector;

/** Statements of the core on a connection of their own, with the account of a session's client. */
final class Interrogation {
    private Interrogation() {}

    /** Runs statements one after the other; the first error, or null. An error with the ignored number counts as none. */
    static CompletionStage<@Nullable SqlError> run(
            NettySession by, @Nullable Server server, String name, List<String> statements, int ignored) {
        if (server == null) {
            return CompletableFuture.completedFuture(SqlError.general("server '" + name + "' does not exist"));
        }
        return connect(by, server)
                .handle((opened, failure) -> failure == null
                        ? each(opened, statements, 0, null, ignored)
                        : CompletableFuture.<@Nullable SqlError>completedFuture(error(failure)))
                .thenCompose(stage -> stage);
    }

    private static CompletionStage<ServiceConnector.Opened> connect(NettySession by, Server server) {
        CompletableFuture<ServiceConnector.Opened> opened = new CompletableFuture<>();
        long timeout = by.frontend().connectTimeoutMillis();
        by.reactor()
                .dialer()
                .dial(
                        by.loop().loop(),
                        server,
                        settings -> login(by, server, settings),
                        timeout,
                        new NettyServiceConnector.Completion(
                                server, Duration.ofMillis(timeout), opened, by.endpoints(), false));
        return opened;
    }

    private static ServerLogin login(NettySession by, Server server, ServerSettings settings) {
        Protocol protocol = by.frontend().protocol(settings.protocol());
        if (protocol == null) {
            throw new ProtocolException(SqlError.general("protocol '" + settings.protocol() + "' is not available"));
        }
        ServerLoginRequest same = by.servers().serverLogin(server, settings, null);
        return protocol.serverLogin(new ServerLoginRequest(
                same.user(),
                null,
                same.charset(),
                NettyServiceConnector.CAPABILITIES,
                same.maxPacket(),
                same.attributes(),
                same.tls(),
                same.authenticator()));
    }

    private static CompletionStage<@Nullable SqlError> each(
            ServiceConnector.Opened connection,
            List<String> statements,
            int at,
            @Nullable SqlError first,
            int ignored) {
        if (at == statements.size()) {
            connection.close();
            return CompletableFuture.completedFuture(first);
        }
        return connection
                .query(statements.get(at))
                .handle((result, failure) -> {
                    SqlError error = failure == null ? null : error(failure);
                    boolean counts = error != null && error.code() != ignored && first == null;
                    return each(connection, statements, at + 1, counts ? error : first, ignored);
                })
                .thenCompose(stage -> stage);
    }

    /** Asks one query; fails as the server does. */
    static CompletionStage<QueryResult> ask(NettySession by, Server server, String query) {
        return connect(by, server)
                .thenCompose(opened -> opened.query(query).whenComplete((result, failure) -> opened.close()));
    }

    private static SqlError error(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        SqlError error = cause instanceof BackendException backend ? backend.error() : null;
        return error == null ? SqlError.general(String.valueOf(cause.getMessage())) : error;
    }
}
