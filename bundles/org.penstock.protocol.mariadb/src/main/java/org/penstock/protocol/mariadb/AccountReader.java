package org.penstock.protocol.mariadb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.AccountSet;
import org.penstock.api.server.QueryResult;

/** One load of the accounts of a server whose kind is known. */
final class AccountReader {
    private final GrantQuestions ask;
    private final AccountQueries queries;

    AccountReader(GrantQuestions ask, AccountQueries queries) {
        this.ask = ask;
        this.queries = queries;
    }

    CompletionStage<AccountSet> load() {
        return ask.optional(queries.policy(), "")
                .thenApply(LoginPolicy::of)
                .thenCompose(policy -> users(policy).thenCompose(users -> tables(users, policy)))
                .thenCompose(this::withDatabases);
    }

    /** From the JSON of MariaDB where that may be read, else from mysql.user, which lacks the locks, the alternatives and the newest privileges. */
    private CompletionStage<List<UserRow>> users(LoginPolicy policy) {
        return ask.optional(queries.globalPrivileges(), "SELECT ON mysql.global_priv")
                .thenCompose(json -> json.hasColumns()
                        ? CompletableFuture.completedFuture(GlobalPrivTable.rows(json, policy))
                        : ask.needed(AccountQueries.USERS, "SELECT ON mysql.user")
                                .thenApply(rows -> UserTable.rows(new ResultTable(rows), policy)));
    }

    private CompletionStage<GrantTables> tables(List<UserRow> users, LoginPolicy policy) {
        CompletionStage<QueryResult> databases = ask.needed(AccountQueries.DATABASE_GRANTS, "SELECT ON mysql.db");
        CompletionStage<QueryResult> objects = ask.needed(AccountQueries.TABLE_GRANTS, "SELECT ON mysql.tables_priv")
                .thenCombine(
                        ask.optionalRaw(AccountQueries.COLUMN_GRANTS, "SELECT ON mysql.columns_priv"),
                        AccountReader::concat)
                .thenCombine(
                        ask.optionalRaw(AccountQueries.ROUTINE_GRANTS, "SELECT ON mysql.procs_priv"),
                        AccountReader::concat);
        CompletionStage<RoleGraph> roles = ask.optional(queries.roleEdges(), grantOn(queries.roleEdges()))
                .thenCombine(
                        ask.optional(queries.defaultRoles(), grantOn(queries.defaultRoles())),
                        (edges, defaults) -> new RoleGraph(edges, defaults, policy));
        return databases
                .thenCombine(objects, (database, object) -> List.of(new ResultTable(database), new ResultTable(object)))
                .thenCombine(roles, (tables, graph) -> new GrantTables(users, tables.get(0), tables.get(1), graph));
    }

    /** The grant that a statement of one table needs. */
    private static String grantOn(String sql) {
        return "SELECT ON " + sql.substring(sql.lastIndexOf(' ') + 1);
    }

    /** The names of databases are known only to a reader that sees all of them. */
    private CompletionStage<AccountSet> withDatabases(GrantTables tables) {
        boolean sees = tables.seesAllDatabases(ask.account());
        if (!sees) {
            ask.miss("SHOW DATABASES ON *.*");
        }
        return ask.optionalRaw(sees ? AccountQueries.DATABASES : "", "SHOW DATABASES ON *.*")
                .thenApply(rows -> {
                    Set<String> names = new HashSet<>();
                    rows.rows().forEach(row -> names.add(String.valueOf(row.get(0))));
                    return new AccountSet(tables.accounts(), tables.grants(), names, ask.missing());
                });
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
}
