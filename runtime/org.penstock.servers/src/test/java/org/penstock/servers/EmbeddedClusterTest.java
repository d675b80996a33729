package org.penstock.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterTest {

    private static final int PAUSED_MILLIS = 300;

    @TempDir
    static Path parent;

    private static EmbeddedCluster cluster;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.builder()
                .replicas(1)
                .maxConnections(151)
                .option("--wait-timeout=777")
                .setup("create table demo.mine (id int primary key);")
                .baseDirectory(parent)
                .start();
    }

    @AfterAll
    static void shouldLeaveNoProcessAndNoDirectory() {
        List<ProcessHandle> processes = cluster.servers().stream()
                .map(EmbeddedServer::pid)
                .map(pid -> ProcessHandle.of(pid).orElseThrow())
                .toList();
        cluster.close();
        assertThat(processes).hasSize(2).noneMatch(ProcessHandle::isAlive);
        assertThat(parent).isEmptyDirectory();
        assertThatThrownBy(() -> cluster.primary().start()).hasMessageContaining("closed");
    }

    private static EmbeddedServer primary() {
        return cluster.primary();
    }

    private static EmbeddedServer replica() {
        return cluster.replicas().get(0);
    }

    /** The first byte that the server sends to who connects; -1 if it closes. */
    private static int greet(EmbeddedServer server, int timeoutMillis) throws IOException {
        try (Socket socket = new Socket(EmbeddedServer.HOST, server.port());
                InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(timeoutMillis);
            return in.read();
        }
    }

    @Test
    void shouldShowOnTheReplicaWhatIsWrittenOnThePrimary() {
        primary().execute("insert into demo.items (id, name, price) values (5000, 'Grüße\t1', 1.5)");
        cluster.awaitReplicas();
        assertThat(replica().execute("select * from demo.items where id = 5000; select 1"))
                .isEqualTo("5000\tGrüße\\t1\t1.50\n1");
    }

    @Test
    void shouldHoldTheDemoDataAndTheAccounts() {
        for (EmbeddedServer server : cluster.servers()) {
            assertThat(server.execute("select count(*) from demo.orders; select count(*) from demo.customers"))
                    .isEqualTo("1000\n100");
            assertThat(server.execute("select concat(user, '@', host) from mysql.user order by 1"))
                    .isEqualTo("app@%\nmariadb.sys@localhost\nmaxuser@%\nmaxuser@127.0.0.1\nrepl@%\nroot@localhost");
        }
    }

    @Test
    void shouldRunWithTheOptionsThatWereAskedFor() {
        assertThat(primary().execute("select @@max_connections, @@global.wait_timeout, @@read_only, @@server_id"))
                .isEqualTo("151\t777\t0\t1");
        assertThat(replica().execute("select @@read_only, @@server_id, @@gtid_strict_mode"))
                .isEqualTo("1\t2\t1");
        assertThat(primary().execute("select count(*) from information_schema.all_plugins where plugin_name = 'x'"))
                .isEqualTo("0");
    }

    @Test
    void shouldComeBackOnItsPortWithItsDataWhenKilled() throws IOException {
        int port = primary().port();
        primary().execute("insert into demo.mine values (1)");
        cluster.awaitReplicas();
        primary().kill();
        assertThat(primary().isRunning()).isFalse();
        assertThatThrownBy(() -> greet(primary(), 1000)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> primary().execute("select 1"))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("server1");
        primary().start();
        assertThat(primary().port()).isEqualTo(port);
        primary().execute("insert into demo.mine values (2)");
        cluster.awaitReplicas();
        assertThat(replica().execute("select id from demo.mine order by id")).startsWith("1\n2");
    }

    @Test
    void shouldFollowAgainWhenTheReplicaRestarts() {
        replica().restart();
        primary().execute("insert into demo.mine values (100)");
        cluster.awaitReplicas();
        assertThat(replica().execute("select id from demo.mine where id = 100")).isEqualTo("100");
    }

    @Test
    void shouldBeSilentWhilePausedAndGoOnAfterwards() throws IOException {
        replica().pause();
        try {
            assertThatThrownBy(() -> greet(replica(), PAUSED_MILLIS)).isInstanceOf(SocketTimeoutException.class);
        } finally {
            replica().resume();
        }
        assertThat(greet(replica(), 10_000)).isPositive();
    }

    @Test
    void shouldStopAPausedServer() {
        replica().pause();
        replica().stop();
        assertThat(replica().isRunning()).isFalse();
        replica().start();
        cluster.awaitReplicas();
    }

    @Test
    void shouldExchangeTheRolesAndBack() {
        primary().execute("insert into demo.mine values (200)");
        cluster.awaitReplicas();
        replica().promote();
        primary().replicateFrom(replica());
        replica().execute("insert into demo.mine values (201)");
        String position = replica().execute("select @@gtid_binlog_pos");
        assertThat(primary().execute("select master_gtid_wait('" + position + "', 30)"))
                .isEqualTo("0");
        assertThat(primary().execute("select id from demo.mine where id = 201")).isEqualTo("201");
        primary().promote();
        replica().replicateFrom(primary());
        primary().execute("insert into demo.mine values (202)");
        cluster.awaitReplicas();
        assertThat(replica().execute("select id from demo.mine where id = 202")).isEqualTo("202");
    }

    @Test
    void shouldPassOnTheErrorOfTheServer() {
        assertThatThrownBy(() -> primary().execute("select nonsense"))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("1054")
                .hasMessageContaining("select nonsense");
    }

    @Test
    void shouldPassOnTheComplaintOfAServerThatDoesNotStart(@TempDir Path other) {
        EmbeddedClusterBuilder builder = EmbeddedCluster.builder()
                .replicas(0)
                .option("--no-such-option=1")
                .baseDirectory(other);
        assertThatThrownBy(builder::start)
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("server1 ended")
                .hasMessageContaining("no-such-option");
        assertThat(other).isEmptyDirectory();
    }
}
