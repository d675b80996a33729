package org.penstock.protocol.mariadb;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServiceConnection;
import org.penstock.protocol.mariadb.UserRow.Holder;

/** The questions of one load to one server, with what the reader was refused. Answers arrive one after another, so nothing here needs a lock. */
final class GrantQuestions {
    /** Refusals: access denied to a database, a table, a column, for want of a privilege. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227);

    /** Table, database, column or variable that this version does not have. */
    private static final Set<Integer> ABSENT = Set.of(1146, 1049, 1054, 1193);

    private final ServiceConnection connection;
    private final List<String> missing = new ArrayList<>();
    private Holder reader = new Holder("<user>", "<host of Penstock>");

    GrantQuestions(ServiceConnection connection) {
        this.connection = connection;
    }

    /** Finds out whose account this is. */
    CompletionStage<GrantQuestions> reader() {
        return optional(AccountQueries.READER, "").thenApply(table -> {
            if (table.size() > 0) {
                String name = table.text(0, "reader");
                int at = name.lastIndexOf('@');
                reader = at < 0 ? new Holder(name, "") : new Holder(name.substring(0, at), name.substring(at + 1));
            }
            return this;
        });
    }

    /** The account that the server took this connection for. */
    Holder account() {
        return reader;
    }

    /** Statements that would let the reader see what it was refused so far. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    void miss(String grant) {
        missing.add(statement(grant));
    }

    /** What must be read; the failure names the grant that is missing, such as {@code SELECT ON mysql.db}. */
    CompletionStage<QueryResult> needed(String sql, String grant) {
        return connection.query(sql).exceptionally(failure -> {
            throw new CompletionException(named(unwrap(failure), grant));
        });
    }

    /** What a version may not have, or may not show; a result without columns then. An empty statement asks nothing. */
    CompletionStage<ResultTable> optional(String sql, String grant) {
        return optionalRaw(sql, grant).thenApply(ResultTable::new);
    }

    CompletionStage<QueryResult> optionalRaw(String sql, String grant) {
        QueryResult nothing = new QueryResult(List.of(), List.of());
        if (sql.isEmpty()) {
            return CompletableFuture.completedFuture(nothing);
        }
        return connection.query(sql).exceptionally(failure -> {
            Throwable cause = unwrap(failure);
            SqlError error = errorOf(cause);
            boolean denied = error != null && DENIED.contains(error.code());
            if (error == null || !(denied || ABSENT.contains(error.code()))) {
                throw new CompletionException(cause);
            }
            if (denied && !grant.isEmpty()) {
                miss(grant);
            }
            return nothing;
        });
    }

    private String statement(String grant) {
        return "GRANT " + grant + " TO " + reader;
    }

    private Throwable named(Throwable cause, String grant) {
        SqlError error = errorOf(cause);
        if (error == null || !DENIED.contains(error.code())) {
            return cause;
        }
        return new BackendException(
                connection.server().name(),
                new SqlError(
                        error.code(),
                        error.sqlState(),
                        error.message() + "; the service's account needs it: " + statement(grant)));
    }

    private static @Nullable SqlError errorOf(Throwable cause) {
        return cause instanceof BackendException backend ? backend.error() : null;
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
