package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.core.login.LoginPolicy;
import org.penstock.servers.EmbeddedCluster;

/** What a real server that is connected later sees of its session, whether it reports the session's state or not. */
class RepeatedStateTest {
    private static final List<String> ALL = List.of("server1", "server2");

    private static EmbeddedCluster cluster;
    private static Reactor reactor;
    private static int port;
    private static AlternatingRouter router;

    @BeforeAll
    static void start() throws Exception {
        cluster = EmbeddedCluster.builder()
                .replicas(1)
                .setup(
                        "CREATE DATABASE other; CREATE DATABASE `odd ``one`; CREATE DATABASE `b\u00fccher`;"
                                + " GRANT ALL ON *.* TO 'app'@'%'; CREATE TABLE demo.here (a INT); CREATE TABLE other.here (b INT)")
                .start();
        cluster.awaitReplicas();
        reactor = new Reactor(Transport.choose(), 1, 1);
        router = new AlternatingRouter();
        TestFront front = new TestFront(cluster.primary().port())
                .also("server2", cluster.replicas().get(0).port())
                .router(router);
        Channel channel = new Acceptor(
                        reactor,
                        front,
                        new Acceptor.Settings(
                                "listener", "MySQLClient", 5000, 1000, 64 * 1024, 32 * 1024, LoginPolicy.ANY))
                .bind("127.0.0.1", 0)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        port = ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @AfterAll
    static void stop() {
        if (reactor != null) {
            reactor.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void oneServerAtFirst() {
        router.first = List.of("server1");
        router.usable = List.of("server1");
    }

    private static String last(List<String> reply) {
        return reply.size() < 3 ? reply.toString() : reply.get(reply.size() - 2);
    }

    /** What both servers say, the second of which is connected for it. */
    private static void same(RawClient client, String sql, String expected) throws Exception {
        router.usable = ALL;
        router.reads.clear();
        for (int i = 0; i < 4; i++) {
            assertThat(last(client.run(sql))).as(sql).contains(expected);
        }
        assertThat(router.reads.keySet()).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "use other",
                "/* one */ use other",
                "use /* two */ other",
                "use other -- three",
                "use other # four",
                "# five\nuse other;",
                "-- six\n/* seven */ USE\n`other` ; ",
                "/*!50000 use */ other",
                "/*!999999 use demo; */ use other",
                "use /*M!100000 other */",
                "PREPARE s FROM 'use other'|EXECUTE s",
                "SET sql_mode='ANSI_QUOTES'|use \"other\"",
                "use demo|use other|use demo|use other"
            })
    void shouldFollowTheDefaultDatabase(String statements) throws Exception {
        for (long capabilities : new long[] {RawClient.MODERN, RawClient.OLD_EOF}) {
            router.usable = List.of("server1");
            try (RawClient client = RawClient.connected(port, capabilities)) {
                for (String statement : statements.split("\\|")) {
                    assertThat(client.run(statement).toString()).doesNotContain(":#");
                }
                same(client, "SELECT concat('<', database(), '>')", "<other>");
            }
        }
    }

    @Test
    void shouldFollowNamesThatAreQuotedOrNotAscii() throws Exception {
        for (long capabilities : new long[] {RawClient.MODERN, RawClient.OLD_EOF}) {
            router.usable = List.of("server1");
            try (RawClient client = RawClient.connected(port, capabilities)) {
                client.run("use `odd ``one` # really");
                int id = client.prepare("SELECT concat('<', database(), '>')", new ArrayList<>());
                assertThat(id).isPositive();
                client.run("use `b\u00fccher`");
                same(client, "SELECT hex(database())", "62C3BC63686572");
                assertThat(client.prepare("SELECT 2", new ArrayList<>())).isPositive();
            }
        }
    }

    @Test
    void shouldKnowTheDatabaseThatOnlyTheServerCanTell() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.run("SET NAMES koi8r");
            client.run("use other");
            same(client, "SELECT concat('<', database(), '>')", "<other>");
        }
    }

    private static byte[] execution(int id, int value) {
        return new byte[] {
            (byte) id,
            (byte) (id >> 8),
            (byte) (id >> 16),
            (byte) (id >> 24),
            0,
            1,
            0,
            0,
            0,
            0,
            1,
            8,
            0,
            (byte) value,
            0,
            0,
            0,
            0,
            0,
            0,
            0
        };
    }

    private static byte[] id(int id) {
        return new byte[] {(byte) id, (byte) (id >> 8), (byte) (id >> 16), (byte) (id >> 24)};
    }

    @Test
    void shouldHaveTheVariableOfAStatementThatWasExecutedAndClosed() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            int id = client.prepare("SET @a = ? + 40", new ArrayList<>());
            client.run(0x17, execution(id, 2));
            client.command(0x19, id(id));
            same(client, "SELECT concat('<', @a, '>')", "<42>");
        }
    }

    @Test
    void shouldPrepareUnderTheDatabaseOfThePreparation() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            int demo = client.prepare("SELECT a FROM here WHERE ? IS NULL", new ArrayList<>());
            client.run("use other");
            int other = client.prepare("SELECT b FROM here WHERE ? IS NULL", new ArrayList<>());
            assertThat(demo).isPositive();
            assertThat(other).isPositive();
            same(client, "SELECT concat('<', database(), '>')", "<other>");
            router.reads.clear();
            for (int i = 0; i < 4; i++) {
                assertThat(client.run(0x17, execution(demo, 1)).get(1)).contains("demo");
                assertThat(client.run(0x17, execution(other, 1)).get(1)).contains("other");
            }
        }
    }

    @Test
    void shouldHaveEverythingThatIsInForceAfterManyRounds() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.OLD_EOF)) {
            for (int i = 0; i < 30; i++) {
                client.run("SET NAMES " + (i % 2 == 0 ? "latin1" : "utf8mb4"));
                client.run("SET @first = " + i + ", @second = 'round " + i + "'");
                client.run("SET SESSION group_concat_max_len = " + (1000 + i));
                client.run(i % 2 == 0 ? "use demo" : "/* now */ use other");
            }
            same(
                    client,
                    "SELECT concat_ws('/', @first, @second, @@group_concat_max_len, database(), @@character_set_client)",
                    "29/round 29/1029/other/utf8mb4");
        }
    }
}
