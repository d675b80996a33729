package org.penstock.monitor.mysqlmon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.penstock.api.monitor.MonitorContext;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerView;
import org.penstock.testkit.FakeServer;

/** Servers that answer by a table of statements; statements are found by their beginning. */
final class FakeContext implements MonitorContext {
    final Map<String, ScriptedServer> servers = new LinkedHashMap<>();
    final List<String> asked = new ArrayList<>();
    final List<String> maintained = new ArrayList<>();

    ScriptedServer server(String name) {
        return servers.computeIfAbsent(name, ScriptedServer::new);
    }

    @Override
    public List<ServerView> servers() {
        return servers.values().stream().<ServerView>map(server -> server.view).toList();
    }

    @Override
    public CompletionStage<QueryResult> ask(ServerView server, String sql) {
        asked.add(server.name() + ": " + sql);
        return server(server.name()).answer(sql);
    }

    @Override
    public String version(ServerView server) {
        return "";
    }

    @Override
    public void maintenance(ServerView server, boolean on) {
        maintained.add(server.name() + "=" + on);
    }

    /** One server of the script. */
    static final class ScriptedServer {
        final FakeServer view;
        private final Map<String, CompletableFuture<QueryResult>> answers = new HashMap<>();
        boolean silent;
        private String missed = "";
        private int misses;

        ScriptedServer(String name) {
            view = FakeServer.running(name);
        }

        /** A MariaDB 11.4 that does not replicate. */
        ScriptedServer mariadb(int id, boolean readOnly) {
            return identity(id, readOnly, "11.4.5-MariaDB")
                    .on("SHOW ALL SLAVES STATUS", "Master_Server_Id")
                    .on("SELECT @@global.gtid", "gtid_current_pos,gtid_binlog_pos", "0-1-7,0-1-7");
        }

        ScriptedServer identity(int id, boolean readOnly, String version) {
            return on(
                    "SELECT @@server_id", "server_id,read_only,version", id + "," + (readOnly ? 1 : 0) + "," + version);
        }

        ScriptedServer replicates(long master, String io, String sql, String lag) {
            return on(
                    "SHOW ALL SLAVES STATUS",
                    "Connection_name,Master_Server_Id,Slave_IO_Running,Slave_SQL_Running,Seconds_Behind_Master",
                    "," + master + "," + io + "," + sql + "," + lag);
        }

        ScriptedServer on(String beginning, String columns, String... rows) {
            List<List<String>> values = new ArrayList<>();
            for (String row : rows) {
                values.add(Arrays.stream(row.split(",", -1))
                        .map(value -> value.equals("NULL") ? null : value)
                        .toList());
            }
            answers.put(
                    beginning, CompletableFuture.completedFuture(new QueryResult(List.of(columns.split(",")), values)));
            return this;
        }

        ScriptedServer refuse(String beginning, int code) {
            answers.put(
                    beginning,
                    CompletableFuture.failedFuture(
                            new BackendException(view.name(), new SqlError(code, "28000", "refused"))));
            return this;
        }

        /** Does not answer statements with this beginning, so many times. */
        ScriptedServer misses(String beginning, int times) {
            missed = beginning;
            misses = times;
            return this;
        }

        CompletionStage<QueryResult> answer(String sql) {
            if (silent || (misses > 0 && sql.startsWith(missed) && misses-- > 0)) {
                return CompletableFuture.failedFuture(new BackendException(view.name(), "no answer", null));
            }
            for (Map.Entry<String, CompletableFuture<QueryResult>> entry : answers.entrySet()) {
                if (sql.startsWith(entry.getKey())) {
                    return entry.getValue();
                }
            }
            return CompletableFuture.completedFuture(new QueryResult(List.of(), List.of()));
        }
    }
}
