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
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;

/** Servers that answer by a table of statements; statements are found by their beginning. */
final class FakeContext implements MonitorContext {
    final Map<String, FakeServer> servers = new LinkedHashMap<>();
    final List<String> asked = new ArrayList<>();
    final List<String> maintained = new ArrayList<>();

    FakeServer server(String name) {
        return servers.computeIfAbsent(name, FakeServer::new);
    }

    @Override
    public List<ServerView> servers() {
        return List.copyOf(servers.values());
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
    static final class FakeServer implements ServerView {
        private final String name;
        private final Map<String, CompletableFuture<QueryResult>> answers = new HashMap<>();
        int status = ServerStatus.RUNNING.bit();
        boolean silent;
        private String missed = "";
        private int misses;

        FakeServer(String name) {
            this.name = name;
        }

        /** A MariaDB 11.4 that does not replicate. */
        FakeServer mariadb(int id, boolean readOnly) {
            return identity(id, readOnly, "11.4.5-MariaDB")
                    .on("SHOW ALL SLAVES STATUS", "Master_Server_Id")
                    .on("SELECT @@global.gtid", "gtid_current_pos,gtid_binlog_pos", "0-1-7,0-1-7");
        }

        FakeServer identity(int id, boolean readOnly, String version) {
            return on(
                    "SELECT @@server_id", "server_id,read_only,version", id + "," + (readOnly ? 1 : 0) + "," + version);
        }

        FakeServer replicates(long master, String io, String sql, String lag) {
            return on(
                    "SHOW ALL SLAVES STATUS",
                    "Connection_name,Master_Server_Id,Slave_IO_Running,Slave_SQL_Running,Seconds_Behind_Master",
                    "," + master + "," + io + "," + sql + "," + lag);
        }

        FakeServer on(String beginning, String columns, String... rows) {
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

        FakeServer refuse(String beginning, int code) {
            answers.put(
                    beginning,
                    CompletableFuture.failedFuture(new BackendException(name, new SqlError(code, "28000", "refused"))));
            return this;
        }

        /** Does not answer statements with this beginning, so many times. */
        FakeServer misses(String beginning, int times) {
            missed = beginning;
            misses = times;
            return this;
        }

        CompletionStage<QueryResult> answer(String sql) {
            if (silent || (misses > 0 && sql.startsWith(missed) && misses-- > 0)) {
                return CompletableFuture.failedFuture(new BackendException(name, "no answer", null));
            }
            for (Map.Entry<String, CompletableFuture<QueryResult>> entry : answers.entrySet()) {
                if (sql.startsWith(entry.getKey())) {
                    return entry.getValue();
                }
            }
            return CompletableFuture.completedFuture(new QueryResult(List.of(), List.of()));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String address() {
            return "127.0.0.1";
        }

        @Override
        public int port() {
            return 3306;
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public int connections() {
            return 0;
        }

        @Override
        public long totalConnections() {
            return 0;
        }

        @Override
        public int operations() {
            return 0;
        }

        @Override
        public String version() {
            return null;
        }

        @Override
        public Map<String, String> facts() {
            return Map.of();
        }

        @Override
        public String parameter(String key) {
            return null;
        }
    }
}
