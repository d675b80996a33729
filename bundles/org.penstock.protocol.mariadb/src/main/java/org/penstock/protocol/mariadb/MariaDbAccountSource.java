package org.penstock.protocol.mariadb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.AccountSource;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServiceConnection;

/** Reads the accounts of MariaDB and MySQL servers from their grant tables. What 2.1 did not need to read may be refused by the server without harm. */
@Component(
        service = AccountSource.class,
        property = {
            "penstock.protocol=MySQLClient",
            "penstock.protocol=MySQLBackend",
            "penstock.protocol=mariadbclient",
            "penstock.protocol=mariadbbackend",
            "penstock.protocol=mariadb",
            "penstock.protocol=mariadbprotocol",
            "penstock.protocol=mysql"
        })
public final class MariaDbAccountSource implements AccountSource {
    /** Refusals: access denied to a database, a table, a column, for want of a privilege. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227);

    /** Table or database that this version does not have. */
    private static final Set<Integer> ABSENT = Set.of(1146, 1049, 1054);

    @Override
    public CompletionStage<AccountSet> load(ServiceConnection connection) {
        Reader reader = new Reader(connection);
        return reader.optional(AccountQueries.VERSION).thenCompose(version -> {
            AccountQueries queries = AccountQueries.of(version.size() == 0 ? "" : version.text(0, "version"));
            return reader.tables(queries).thenCompose(reader::withDatabases);
        });
    }

    /** The questions of one load. */
    private record Reader(ServiceConnection connection) {
        CompletionStage<GrantTables> tables(AccountQueries queries) {
            CompletionStage<ResultTable> users = needed(AccountQueries.USERS, "SELECT ON mysql.user");
            CompletionStage<ResultTable> databases = needed(AccountQueries.DATABASE_GRANTS, "SELECT ON mysql.db");
            CompletionStage<QueryResult> objects = raw(AccountQueries.TABLE_GRANTS, "SELECT ON mysql.tables_priv");
            objects = objects.thenCombine(optionalRaw(AccountQueries.COLUMN_GRANTS), Reader::concat)
                    .thenCombine(optionalRaw(AccountQueries.ROUTINE_GRANTS), Reader::concat);
            CompletionStage<ResultTable> edges = optional(queries.roleEdges());
            CompletionStage<ResultTable> defaults = optional(queries.defaultRoles());
            CompletionStage<ResultTable> locked = optional(queries.locked());
            CompletionStage<ResultTable> allObjects = objects.thenApply(ResultTable::new);
            return all(List.of(users, databases, allObjects, edges, defaults, locked))
                    .thenApply(rows -> new GrantTables(
                            rows.get(0), rows.get(1), rows.get(2), rows.get(3), rows.get(4), rows.get(5)));
        }

        /** The names of databases are known only to a reader that sees all of them. */
        CompletionStage<AccountSet> withDatabases(GrantTables tables) {
            List<Account> accounts = tables.accounts();
            return optional(AccountQueries.READER)
                    .thenCombine(optionalRaw(AccountQueries.DATABASES), (reader, databases) -> {
                        Set<String> names = new HashSet<>();
                        if (reader.size() > 0 && tables.seesAllDatabases(holder(reader.text(0, "reader")))) {
                            databases.rows().forEach(row -> names.add(String.valueOf(row.get(0))));
                        }
                        return new AccountSet(accounts, names);
                    });
        }

        CompletionStage<ResultTable> optional(String sql) {
            return optionalRaw(sql).thenApply(ResultTable::new);
        }

        private CompletionStage<ResultTable> needed(String sql, String grant) {
            return raw(sql, grant).thenApply(ResultTable::new);
        }

        private CompletionStage<QueryResult> raw(String sql, String grant) {
            return connection.query(sql).exceptionally(failure -> {
                throw new CompletionException(named(unwrap(failure), grant));
            });
        }

        private CompletionStage<QueryResult> optionalRaw(String sql) {
            QueryResult nothing = new QueryResult(List.of(), List.of());
            if (sql.isEmpty()) {
                return CompletableFuture.completedFuture(nothing);
            }
            return connection.query(sql).exceptionally(failure -> {
                Throwable cause = unwrap(failure);
                SqlError error = errorOf(cause);
                if (error == null || !(DENIED.contains(error.code()) || ABSENT.contains(error.code()))) {
                    throw new CompletionException(cause);
                }
                return nothing;
            });
        }

        /** The failure, with the grant that would help where one is missing. */
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
                            error.message() + "; the service's account needs it: GRANT " + grant + " TO <user>"));
        }

        /** Completes with all results, or with the first failure in order. */
        private static CompletionStage<List<ResultTable>> all(List<CompletionStage<ResultTable>> stages) {
            CompletionStage<List<ResultTable>> collected = CompletableFuture.completedFuture(new ArrayList<>());
            for (CompletionStage<ResultTable> stage : stages) {
                collected = collected.thenCombine(stage, (list, table) -> {
                    list.add(table);
                    return list;
                });
            }
            return collected;
        }

        private static QueryResult concat(QueryResult first, QueryResult second) {
            if (second.rows().isEmpty()) {
                return first;
            }
            if (first.rows().isEmpty()) {
                return second;
            }
            List<List<@Nullable String>> rows = new ArrayList<>(first.rows());
            rows.addAll(second.rows());
            return new QueryResult(first.columns(), rows);
        }

        private static GrantTables.Holder holder(String currentUser) {
            int at = currentUser.lastIndexOf('@');
            return at < 0
                    ? new GrantTables.Holder(currentUser, "")
                    : new GrantTables.Holder(currentUser.substring(0, at), currentUser.substring(at + 1));
        }

        private static @Nullable SqlError errorOf(Throwable cause) {
            return cause instanceof BackendException backend ? backend.error() : null;
        }

        private static Throwable unwrap(Throwable failure) {
            Throwable cause = failure.getCause();
            return failure instanceof CompletionException && cause != null ? cause : failure;
        }
    }
}
