package org.penstock.monitor.mysqlmon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.penstock.api.monitor.MonitorContext;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one server what it is; never completes exceptionally: a server whose first question fails is down or refuses the account. */
final class ServerProber {
    /** Identity of a server: id, read_only, version. */
    static final String IDENTITY =
            "SELECT @@server_id AS server_id, @@global.read_only AS read_only, @@version AS version";

    static final String REPLICAS = "SHOW SLAVE HOSTS";

    /** Host not allowed, access denied to the account, a database or a table, no password, expired password. */
    private static final Set<Integer> REFUSALS = Set.of(1130, 1045, 1044, 1142, 1698, 1820, 1862);

    private static final String READER = "SELECT CURRENT_USER() AS reader";
    private static final String SLAVE_MONITOR = "SLAVE MONITOR";
    private static final int MISSING_PRIVILEGE = 1227;

    private static final Logger LOG = LoggerFactory.getLogger(ServerProber.class);

    private final int attempts;
    private final boolean mysql51;
    private final Map<String, String> reported = new ConcurrentHashMap<>();

    ServerProber(int attempts, boolean mysql51) {
        this.attempts = attempts;
        this.mysql51 = mysql51;
    }

    CompletableFuture<ServerProbe> probe(MonitorContext context, ServerView server) {
        if (server.is(ServerStatus.MAINTENANCE)) {
            return CompletableFuture.completedFuture(ServerProbe.without(server.name(), ServerProbe.Reach.MAINTENANCE));
        }
        return answered(context, server, attempts)
                .exceptionally(failure -> failed(server, failure))
                .toCompletableFuture();
    }

    /** All questions from the first on again while one of them is not answered; an error of the server's own is an answer. */
    private CompletionStage<ServerProbe> answered(MonitorContext context, ServerView server, int left) {
        return context.ask(server, IDENTITY)
                .thenCompose(identity -> details(context, server, identity))
                .exceptionallyCompose(failure -> left > 1 && errorOf(failure) == null
                        ? answered(context, server, left - 1)
                        : CompletableFuture.failedFuture(unwrap(failure)));
    }

    private CompletionStage<ServerProbe> details(MonitorContext context, ServerView server, QueryResult identity) {
        if (identity.isEmpty()) {
            return CompletableFuture.completedFuture(ServerProbe.without(server.name(), ServerProbe.Reach.DOWN));
        }
        long id = ReplicaStatus.number(identity.value(0, "server_id"), 0);
        boolean readOnly = !isOff(identity.value(0, "read_only"));
        String version = identity.value(0, "version");
        ServerFlavour flavour = ServerFlavour.of(version == null ? context.version(server) : version);
        boolean tree = flavour != ServerFlavour.OLD || mysql51;
        CompletionStage<List<ReplicaLink>> links = tree
                ? orEmpty(context, server, flavour.replicaStatus()).thenApply(ReplicaStatus::links)
                : CompletableFuture.completedFuture(List.of());
        CompletionStage<List<Long>> replicas = flavour == ServerFlavour.OLD && mysql51
                ? orEmpty(context, server, REPLICAS).thenApply(ReplicaStatus::replicaIds)
                : CompletableFuture.completedFuture(List.of());
        CompletionStage<Map<String, String>> facts =
                orEmpty(context, server, flavour.gtids()).thenApply(ServerProber::gtidFacts);
        return links.thenCombine(
                        replicas,
                        (linkList, replicaList) -> new ServerProbe(
                                server.name(),
                                ServerProbe.Reach.ANSWERED,
                                id,
                                readOnly,
                                linkList,
                                replicaList,
                                Map.of()))
                .thenCombine(facts, ServerProbe::withFacts);
    }

    /** The result of a question, or an empty one where the server answers it with an error of its own. */
    private CompletionStage<QueryResult> orEmpty(MonitorContext context, ServerView server, String sql) {
        QueryResult nothing = new QueryResult(List.of(), List.of());
        if (sql.isEmpty()) {
            return CompletableFuture.completedFuture(nothing);
        }
        return context.ask(server, sql).exceptionally(failure -> {
            SqlError error = errorOf(failure);
            if (error == null) {
                throw new CompletionException(unwrap(failure));
            }
            reportOnce(context, server, sql, error);
            return nothing;
        });
    }

    /** Each refusal once, with the statement that would help where a privilege is missing. */
    private void reportOnce(MonitorContext context, ServerView server, String sql, SqlError error) {
        String text = error.toString();
        if (text.equals(reported.put(server.name() + ' ' + sql, text))) {
            return;
        }
        CompletionStage<String> remedy = error.code() == MISSING_PRIVILEGE
                ? context.ask(server, READER).handle((reader, failure) -> grant(error, reader))
                : CompletableFuture.completedFuture("");
        var unused = remedy.thenAccept(statement -> LOG.atWarn()
                .addKeyValue("server", server.name())
                .addKeyValue("errorCode", error.code())
                .log("'{}' failed: {}{}", sql, error.message(), statement));
    }

    /** Newer MariaDB names the one privilege that its answer needs. */
    static String grant(SqlError error, @Nullable QueryResult reader) {
        String privilege = error.message().contains(SLAVE_MONITOR) ? SLAVE_MONITOR : "REPLICATION CLIENT";
        String name = reader == null || reader.isEmpty() ? null : reader.value(0, "reader");
        int at = name == null ? -1 : name.lastIndexOf('@');
        String account = name == null || at < 0
                ? "<the monitor's account>"
                : "'" + name.substring(0, at) + "'@'" + name.substring(at + 1) + "'";
        return ". The monitor's account needs: GRANT " + privilege + " ON *.* TO " + account + ";";
    }

    private static ServerProbe failed(ServerView server, Throwable failure) {
        SqlError error = errorOf(failure);
        boolean refused = error != null && REFUSALS.contains(error.code());
        return ServerProbe.without(server.name(), refused ? ServerProbe.Reach.AUTH_ERROR : ServerProbe.Reach.DOWN);
    }

    private static @Nullable SqlError errorOf(Throwable failure) {
        return unwrap(failure) instanceof BackendException backend ? backend.error() : null;
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private static Map<String, String> gtidFacts(QueryResult result) {
        Map<String, String> facts = new HashMap<>();
        for (String column : result.columns()) {
            String value = result.isEmpty() ? null : result.value(0, column);
            if (value != null && !value.isEmpty()) {
                facts.put(column, value);
            }
        }
        return facts;
    }

    private static boolean isOff(@Nullable String value) {
        return value == null || value.equals("0") || value.equalsIgnoreCase("OFF");
    }
}
