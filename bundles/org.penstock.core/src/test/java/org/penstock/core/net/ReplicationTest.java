package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.core.net.RawClient.bytes;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.login.Permissions;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.servers.EmbeddedServer;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;

/** Replicas and readers of binary logs behind the proxy. */
class ReplicationTest extends ProxyFixture {
    private static final int NON_BLOCKING = 1;
    private static final int READER_ID = 4711;

    private static byte[] register() {
        return new PacketWriter()
                .writeInt(READER_ID)
                .writeByte(0)
                .writeByte(0)
                .writeByte(0)
                .writeShort(3306)
                .writeInt(0)
                .writeInt(0)
                .toByteArray();
    }

    private static byte[] dump(String file, int flags) {
        return new PacketWriter()
                .writeInt(4)
                .writeShort(flags)
                .writeInt(READER_ID)
                .writeBytes(bytes(file))
                .toByteArray();
    }

    private static void grant() {
        cluster.primary().execute("GRANT REPLICATION SLAVE, REPLICA MONITOR ON *.* TO 'app'@'%'");
    }

    /** The events of all binary logs to the end, behind which the server hangs up. */
    private static List<String> logsFromTheFirst(int at, long capabilities) throws Exception {
        try (RawClient client = RawClient.connected(at, capabilities)) {
            client.run("SET @master_binlog_checksum = @@global.binlog_checksum, @mariadb_slave_capability = 4");
            List<String> seen = client.run(CommandType.REGISTER_SLAVE, register());
            client.command(CommandType.BINLOG_DUMP, dump(logs().get(0), NON_BLOCKING));
            client.rows(seen);
            client.drain();
            return seen;
        }
    }

    private static List<String> logs() {
        return cluster.primary()
                .execute("SHOW BINARY LOGS")
                .lines()
                .map(line -> line.split("\t")[0])
                .filter(name -> name.matches(".*\\.[0-9]+"))
                .toList();
    }

    @Test
    void shouldPassABinaryLogToItsEnd() throws Exception {
        grant();
        cluster.primary()
                .execute(
                        "USE demo; CREATE OR REPLACE TABLE demo.log_rows AS SELECT seq, repeat('x', 1000) v FROM seq_1_to_5000");
        cluster.primary().execute("FLUSH LOCAL BINARY LOGS");
        for (long capabilities : new long[] {RawClient.OLD_EOF, RawClient.MODERN}) {
            List<String> before = logsFromTheFirst(cluster.primary().port(), capabilities);
            List<String> proxied = logsFromTheFirst(port, capabilities);
            List<String> after = logsFromTheFirst(cluster.primary().port(), capabilities);
            assertThat(proxied).hasSizeGreaterThan(100);
            // the server may add an event of its own at any time
            assertThat(List.of(before, after)).contains(proxied);
        }
    }

    @Test
    void shouldPassTheRefusalOfAServer() throws Exception {
        grant();
        for (int at : new int[] {cluster.primary().port(), port}) {
            try (RawClient client = RawClient.connected(at, RawClient.MODERN)) {
                client.run("SET @master_binlog_checksum = 'CRC32', @mariadb_slave_capability = 4");
                List<String> seen = client.run(CommandType.BINLOG_DUMP, dump("no-such-log.000001", NON_BLOCKING));
                assertThat(seen).last().asString().contains("Could not find first log file name");
            }
        }
    }

    @Test
    void shouldRefuseReplicasWhereTheListenerDoesNotAllowThem() throws Exception {
        int closed = listen(front, 5000, LoginPolicy.ANY.permit(new Permissions(false, true)));
        try (RawClient client = RawClient.connected(closed, RawClient.MODERN)) {
            assertThat(client.run(CommandType.REGISTER_SLAVE, register()))
                    .singleElement()
                    .asString()
                    .contains("42000The used command is not allowed: allow_replication");
            assertThat(client.run(CommandType.BINLOG_DUMP, dump("", NON_BLOCKING)))
                    .singleElement()
                    .asString()
                    .contains("42000The used command is not allowed");
            assertThat(client.run("SELECT 'in step'")).anyMatch(packet -> packet.contains("in step"));
        }
    }

    @Test
    void shouldServeARealReplicaWithSemiSynchronousAcknowledgements() throws Exception {
        grant();
        EmbeddedServer primary = cluster.primary();
        try (EmbeddedCluster other =
                EmbeddedCluster.builder().replicas(0).option("--server-id=77").start()) {
            EmbeddedServer replica = other.primary();
            replica.execute("RESET MASTER; SET GLOBAL gtid_slave_pos = '" + position(primary, "gtid_binlog_pos") + "'");
            replica.execute(
                    "SET GLOBAL rpl_semi_sync_slave_enabled = 1; CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = "
                            + port + ", MASTER_USER = 'app', MASTER_PASSWORD = 'app', MASTER_SSL = 0,"
                            + " MASTER_SSL_VERIFY_SERVER_CERT = 0, MASTER_USE_GTID = slave_pos; START SLAVE");
            primary.execute("SET GLOBAL rpl_semi_sync_master_timeout = 20000, GLOBAL rpl_semi_sync_master_enabled = 1");
            await(() -> status(primary, "Rpl_semi_sync_master_clients").equals("1"));
            assertThat(status(primary, "Rpl_semi_sync_master_clients"))
                    .as(replica.execute("SHOW SLAVE STATUS"))
                    .isEqualTo("1");
            primary.execute("CREATE OR REPLACE TABLE demo.replicated (id INT PRIMARY KEY, v LONGBLOB)");
            StringBuilder inserts = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                inserts.append("INSERT INTO demo.replicated VALUES (" + i + ", repeat('v', " + i * 1000 + "));");
            }
            primary.execute(inserts.toString());
            String written = position(primary, "gtid_binlog_pos");
            await(() -> position(replica, "gtid_slave_pos").equals(written));
            assertThat(position(replica, "gtid_slave_pos"))
                    .as(replica.execute("SHOW SLAVE STATUS"))
                    .isEqualTo(written);
            assertThat(replica.execute("SELECT count(*), sum(length(v)) FROM demo.replicated"))
                    .isEqualTo(primary.execute("SELECT count(*), sum(length(v)) FROM demo.replicated"));
            assertThat(Integer.parseInt(status(primary, "Rpl_semi_sync_master_yes_tx")))
                    .as("commits that waited for the replica's acknowledgement and got it")
                    .isGreaterThanOrEqualTo(20);
            assertThat(status(primary, "Rpl_semi_sync_master_no_tx")).isEqualTo("0");
            replica.execute("STOP SLAVE");
        } finally {
            primary.execute("SET GLOBAL rpl_semi_sync_master_enabled = 0");
        }
    }

    private static String position(EmbeddedServer server, String variable) {
        return server.execute("SELECT @@global." + variable).strip();
    }

    private static String status(EmbeddedServer server, String name) {
        return server.execute("SELECT variable_value FROM information_schema.global_status WHERE variable_name = '"
                        + name + "'")
                .strip();
    }
}
