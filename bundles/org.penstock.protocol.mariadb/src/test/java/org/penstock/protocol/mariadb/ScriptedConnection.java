package org.penstock.protocol.mariadb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerView;
import org.penstock.api.server.ServiceConnection;
import org.penstock.testkit.FakeServer;

/** A connection that answers from a script; what is not in it does not exist (1146). */
final class ScriptedConnection implements ServiceConnection {
    private final Map<String, QueryResult> answers = new HashMap<>();
    private final Map<String, SqlError> errors = new HashMap<>();

    ScriptedConnection() {
        answer(AccountQueries.DATABASE_GRANTS, "Host,User,Db");
        answer(AccountQueries.TABLE_GRANTS, "Host,User,Db");
        answer(AccountQueries.READER, "reader", "maxuser@%");
        answer(AccountQueries.DATABASES, "Database", "mysql", "shop");
    }

    ScriptedConnection version(String version) {
        return answer(AccountQueries.VERSION, "version", version);
    }

    /** Rows with vertical bars between values, which may hold commas. */
    ScriptedConnection bars(String sql, String columns, String... rows) {
        List<List<String>> values = new ArrayList<>();
        for (String row : rows) {
            values.add(List.of(row.split("\\|", -1)));
        }
        answers.put(sql, new QueryResult(List.of(columns.split("\\|")), values));
        return this;
    }

    /** Rows with commas between values; {@code \N} is NULL. */
    ScriptedConnection answer(String sql, String columns, String... rows) {
        List<List<String>> values = new ArrayList<>();
        for (String row : rows) {
            values.add(Arrays.stream(row.split(",", -1))
                    .map(value -> value.equals("\\N") ? null : value)
                    .toList());
        }
        answers.put(sql, new QueryResult(List.of(columns.split(",")), values));
        return this;
    }

    ScriptedConnection refuse(String sql, int code) {
        answers.remove(sql);
        errors.put(sql, new SqlError(code, "42000", "denied"));
        return this;
    }

    @Override
    public CompletionStage<QueryResult> query(String sql) {
        QueryResult answer = answers.get(sql);
        if (answer != null) {
            return CompletableFuture.completedFuture(answer);
        }
        SqlError error = errors.getOrDefault(sql, new SqlError(1146, "42S02", "no such table"));
        return CompletableFuture.failedFuture(new BackendException("server1", error));
    }

    @Override
    public ServerView server() {
        return FakeServer.running("server1");
    }
}
