package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.router.CoreServices;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.statement.Placement;

/** What a router is told of its session against what a real server says of it. */
class FollowedStateTest extends ProxyFixture {
    private static int followed;
    private static final AtomicReference<String> SEEN = new AtomicReference<>("");

    /** Notes what it is told of the session before each command, and sends everything to the one server. */
    private record Noting(RouterContext context) implements RouterSession {
        private static final Route ROUTE = Route.to("server1");

        @Override
        public CommandInterest interest() {
            return CommandInterest.head(2000);
        }

        @Override
        public CoreServices needs() {
            return new CoreServices(true, 0, true, false);
        }

        @Override
        public List<String> connectFirst() {
            return List.of("server1");
        }

        @Override
        public Route route(Command command, Holds holds) {
            Placement placement = command.statement().placement();
            SEEN.set(context.transaction() + " " + context.pins() + " " + placement);
            return placement == Placement.ALL ? Route.toAll("server1") : ROUTE;
        }
    }

    private static TestFront following;

    @BeforeAll
    static void follow() throws Exception {
        following = new TestFront("following", cluster.primary().port()).router(Noting::new);
        followed = listen(following, 5000);
        cluster.primary()
                .execute("CREATE DATABASE away; GRANT ALL ON away.* TO app@'%';"
                        + " CREATE FUNCTION away.there() RETURNS INT READS SQL DATA RETURN (SELECT DATABASE() = 'away');"
                        + " CREATE PROCEDURE away.elsewhere() SELECT DATABASE()");
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.run("CREATE OR REPLACE TABLE demo.f (a INT PRIMARY KEY) ENGINE=InnoDB");
            client.run(
                    "CREATE OR REPLACE PROCEDURE demo.begins() BEGIN START TRANSACTION; INSERT INTO demo.f VALUES (99); END");
            client.run("CREATE OR REPLACE PROCEDURE demo.ends() COMMIT");
            client.run(
                    "CREATE OR REPLACE PROCEDURE demo.fails() BEGIN START TRANSACTION; SELECT nothing FROM nowhere; END");
            client.run("CREATE OR REPLACE PROCEDURE demo.names() SET NAMES latin1");
        }
    }

    @BeforeEach
    void empty() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.run("TRUNCATE demo.f");
        }
    }

    /** What is seen of the session before a read. */
    private static String seen(RawClient client) throws Exception {
        client.run("SELECT 1");
        return SEEN.get();
    }

    /** A session with these statements, one after the other, then all at once. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            SELECT 1 | NONE []
            BEGIN | READ_WRITE []
            START TRANSACTION READ ONLY | READ_ONLY []
            START TRANSACTION READ ONLY; COMMIT | NONE []
            BEGIN; INSERT INTO demo.f VALUES (1); ROLLBACK | NONE []
            BEGIN; COMMIT AND CHAIN | READ_WRITE []
            START TRANSACTION READ ONLY; COMMIT AND CHAIN | READ_ONLY []
            BEGIN; SAVEPOINT s; ROLLBACK TO s | READ_WRITE []
            BEGIN; INSERT INTO demo.f VALUES (1); CREATE OR REPLACE TABLE demo.g (a INT) | NONE []
            SET autocommit=0 | READ_WRITE []
            SET autocommit=0; SET autocommit=1 | NONE []
            SET autocommit=0; INSERT INTO demo.f VALUES (1); COMMIT | READ_WRITE []
            SET @@session.autocommit = 1 - 1 | READ_WRITE []
            BEGIN; SET autocommit=1 | READ_WRITE []
            SET SESSION TRANSACTION READ ONLY; BEGIN | READ_ONLY []
            SET SESSION TRANSACTION READ ONLY; START TRANSACTION READ WRITE | READ_WRITE []
            SET SESSION TRANSACTION READ ONLY; SET autocommit=0 | READ_ONLY []
            SET TRANSACTION READ ONLY; BEGIN | READ_WRITE []
            SET TRANSACTION READ ONLY; BEGIN; COMMIT; BEGIN | READ_WRITE []
            CALL demo.begins() | READ_WRITE []
            CALL demo.begins(); CALL demo.ends() | NONE []
            CALL demo.fails() | READ_WRITE []
            CALL demo.fails(); ROLLBACK | NONE []
            BEGIN; FROBNICATE | READ_WRITE []
            BEGIN; INSERT INTO demo.nowhere VALUES (1) | READ_WRITE []
            XA START 'x1' | READ_WRITE [XA]
            XA START 'x2'; XA END 'x2'; XA ROLLBACK 'x2' | NONE []
            LOCK TABLES demo.f READ | NONE [LOCK_TABLES]
            LOCK TABLES demo.nowhere READ | NONE []
            LOCK TABLES demo.f WRITE; UNLOCK TABLES | NONE []
            FLUSH TABLES WITH READ LOCK; UNLOCK TABLES | NONE []
            USE demo; HANDLER f OPEN; HANDLER f CLOSE | NONE []
            USE demo; HANDLER f OPEN | NONE [HANDLER]
            SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE | NONE [SERIALIZABLE]
            SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE; SET SESSION tx_isolation='READ-COMMITTED' | NONE []
            SET NAMES utf8mb4 | NONE []
            CALL demo.names() | NONE [SESSION_STATE]
            SET @x = LAST_INSERT_ID() | NONE [SESSION_STATE]
            PREPARE b FROM 'BEGIN'; EXECUTE b | READ_WRITE []
            PREPARE b FROM 'BEGIN' | NONE []
            EXECUTE IMMEDIATE 'SET autocommit=0' | READ_WRITE []
            BEGIN NOT ATOMIC START TRANSACTION; INSERT INTO demo.f VALUES (5); END | READ_WRITE []
            """)
    void shouldKnowTheTransactionAndPins(String statements, String expected) throws Exception {
        try (RawClient client = RawClient.connected(followed, RawClient.MODERN)) {
            for (String statement : statements(statements)) {
                client.run(statement);
            }
            assertThat(seen(client)).startsWith(expected);
        }
        settled(following);
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.run("TRUNCATE demo.f");
        }
        try (RawClient client = RawClient.connected(followed, RawClient.MODERN)) {
            List<String> all = statements(statements);
            for (String statement : all) {
                client.send(0, RawClient.query(statement));
            }
            client.send(0, RawClient.query("SELECT 1"));
            for (int i = 0; i <= all.size(); i++) {
                client.reply();
            }
            assertThat(safer(SEEN.get(), expected))
                    .as("pipelined: " + SEEN.get())
                    .isTrue();
            assertThat(seen(client)).as("once all is answered").startsWith(expected);
        }
        settled(following);
    }

    /** Whether nothing is missed, though what has not been answered yet may still count. */
    private static boolean safer(String seen, String expected) {
        String[] found = seen.split(" ");
        String[] wanted = expected.split(" ");
        boolean transaction = wanted[0].equals("NONE") || found[0].equals(wanted[0]);
        return transaction && (wanted[1].equals("[]") || found[1].equals(wanted[1]));
    }

    private static List<String> statements(String joined) {
        return joined.contains(" ATOMIC ") ? List.of(joined) : List.of(joined.split(";\\s*+"));
    }

    /** What a command of several statements, or a block, did, though one of them failed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            SET @a=1; SELECT nonsense | SELECT @a | NONE [SESSION_STATE] ANY
            SELECT 1; SET @a=1; SELECT @b := 2; SELECT nonsense | SELECT 1 | NONE [SESSION_STATE] ANY
            SELECT nonsense; SET @a=1 | SELECT 1 | NONE [] ANY
            INSERT INTO demo.f VALUES (1); INSERT INTO demo.f VALUES (1) | SELECT 1 | NONE [] ANY
            BEGIN NOT ATOMIC SELECT 1 INTO @a; SIGNAL SQLSTATE '45000'; END | SELECT @a | NONE [SESSION_STATE] ANY
            CREATE TEMPORARY TABLE demo.tmp (a INT); INSERT INTO demo.nowhere VALUES (1) | SELECT * FROM demo.tmp | NONE [] PRIMARY
            CREATE TEMPORARY TABLE demo.tmp (a nothing); INSERT INTO demo.nowhere VALUES (1) | SELECT * FROM demo.tmp | NONE [] ANY
            USE information_schema; SELECT nonsense | SELECT 1 | NONE [SESSION_STATE] ANY
            SET NAMES latin1; DO 1 | SELECT 1 | NONE [SESSION_STATE] ANY
            SET NAMES latin1; SELECT nonsense | SELECT 1 | NONE [SESSION_STATE] ANY
            SET sql_mode='ANSI_QUOTES'; SELECT nonsense | SELECT "';INSERT" | NONE [SESSION_STATE] ANY
            """)
    void shouldKeepWhatSeveralStatementsDid(String several, String then, String expected) throws Exception {
        for (long capabilities : new long[] {RawClient.MODERN, RawClient.OLD_EOF}) {
            try (RawClient client = RawClient.connected(followed, capabilities)) {
                client.run(several);
                client.run("DO 1");
                client.run(then);
                assertThat(SEEN.get()).isEqualTo(expected);
            }
            settled(following);
            empty();
        }
    }

    @Test
    void shouldFollowWithoutTrackingToo() throws Exception {
        try (RawClient client = RawClient.connected(followed, RawClient.OLD_EOF)) {
            client.run("BEGIN; SELECT 1");
            assertThat(seen(client)).startsWith("READ_WRITE []");
            client.run("COMMIT; SELECT 1; SELECT 2");
            assertThat(seen(client)).startsWith("NONE []");
            client.run("SET NAMES latin1");
            assertThat(seen(client)).startsWith("NONE []");
            client.run("SET character_set_client = (SELECT 'gbk')");
            assertThat(seen(client)).startsWith("NONE [SESSION_STATE]");
        }
        settled(following);
    }

    /** On one server of several: the others have the database that the session had. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            USE away; SELECT 1 | NONE [SESSION_STATE]
            SELECT 1; USE away | NONE [SESSION_STATE]
            EXECUTE IMMEDIATE 'USE away' | NONE [SESSION_STATE]
            USE away; USE demo | NONE []
            SELECT away.there() | NONE []
            CALL away.elsewhere() | NONE []
            """)
    void shouldStayWhereAloneTheDatabaseIsAnother(String statement, String expected) throws Exception {
        try (RawClient client = RawClient.connected(followed, RawClient.MODERN)) {
            client.run(0x02, "demo".getBytes(StandardCharsets.US_ASCII));
            assertThat(seen(client)).startsWith("NONE []");
            client.run(statement);
            assertThat(seen(client)).startsWith(expected);
        }
        settled(following);
    }

    @Test
    void shouldReadQuotesAsTheServerDoes() throws Exception {
        try (RawClient client = RawClient.connected(followed, RawClient.MODERN)) {
            String tricky = "SELECT 'a\\'; DELETE FROM f WHERE a=97; -- '";
            client.run(tricky);
            assertThat(SEEN.get()).endsWith(" ANY");
            client.run("SET sql_mode=CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')");
            client.send(0, RawClient.query("SELECT 1"));
            client.reply();
            client.run("EXPLAIN " + tricky);
            assertThat(SEEN.get()).endsWith(" PRIMARY");
            client.run("SET sql_mode=''");
            client.run(tricky);
            assertThat(SEEN.get()).endsWith(" ANY");
            client.run("SET sql_mode='ORACLE'");
            client.run("BEGIN NULL; END");
            client.run("SELECT 1");
            assertThat(SEEN.get()).isEqualTo("NONE [] ANY");
        }
        settled(following);
    }

    @Test
    void shouldFollowTheClientsCharacterSet() throws Exception {
        // in GBK the second byte of a character may be a backslash
        byte[] sql = "\u0003SELECT '\u00bf\\', 1".getBytes(StandardCharsets.ISO_8859_1);
        try (RawClient client = RawClient.connected(followed, RawClient.MODERN)) {
            client.run("SET NAMES gbk");
            client.send(0, sql);
            client.reply();
            assertThat(SEEN.get()).endsWith(" ANY");
            client.run("SET NAMES latin1");
            client.send(0, sql);
            client.reply();
            assertThat(SEEN.get()).as("unterminated").endsWith(" PRIMARY");
        }
        settled(following);
    }

    @Test
    void shouldKnowTemporaryTables() throws Exception {
        try (RawClient client = RawClient.connected(followed, RawClient.MODERN)) {
            client.run("USE demo");
            client.run("SELECT * FROM tmp");
            assertThat(SEEN.get()).endsWith(" ANY");
            client.run("CREATE TEMPORARY TABLE tmp (a INT)");
            client.run("SELECT * FROM tmp");
            assertThat(SEEN.get()).isEqualTo("NONE [] PRIMARY");
            client.run("SELECT * FROM demo.TMP");
            assertThat(SEEN.get()).endsWith(" PRIMARY");
            client.run("SELECT * FROM f");
            assertThat(SEEN.get()).endsWith(" ANY");
            client.run("PREPARE p FROM 'SELECT * FROM tmp'");
            client.run("EXECUTE p");
            assertThat(SEEN.get()).endsWith(" PRIMARY");
            client.run("ALTER TABLE tmp RENAME TO tmp2");
            client.run("SELECT * FROM tmp2");
            assertThat(SEEN.get()).startsWith("NONE [SESSION_STATE]");
            client.run(0x1F, new byte[0]);
            client.run("SELECT * FROM tmp");
            assertThat(SEEN.get()).isEqualTo("NONE [] ANY");
            client.run("CREATE TEMPORARY TABLE tmp (a INT)");
            client.run("DROP TABLE tmp");
            client.run("SELECT * FROM tmp");
            assertThat(SEEN.get()).endsWith(" ANY");
        }
        settled(following);
    }

    @Test
    void shouldKnowWhatPreparedStatementsAre() throws Exception {
        try (RawClient client = RawClient.connected(followed, RawClient.MODERN)) {
            assertThat(executed(client, "SELECT 1")).endsWith(" ANY");
            assertThat(executed(client, "INSERT INTO demo.f VALUES (7)")).endsWith(" PRIMARY");
            assertThat(executed(client, "SET @a = 1")).endsWith(" ALL");
            assertThat(executed(client, "BEGIN")).endsWith("NONE [] PRIMARY");
            assertThat(seen(client)).startsWith("READ_WRITE []");
            assertThat(executed(client, "COMMIT")).startsWith("READ_WRITE []");
            assertThat(seen(client)).startsWith("NONE []");
            client.run("PREPARE r FROM 'SELECT 1'");
            client.run("EXECUTE r");
            assertThat(SEEN.get()).endsWith(" ANY");
            client.run("PREPARE R FROM 'DO 1'");
            client.run("EXECUTE r");
            assertThat(SEEN.get()).endsWith(" PRIMARY");
            client.run("SET @sql = 'SELECT 1'");
            client.run("PREPARE r FROM @sql");
            client.run("EXECUTE r");
            assertThat(SEEN.get()).as("unknown text").endsWith(" PRIMARY");
            client.run("DEALLOCATE PREPARE r");
            client.run("EXECUTE r");
            assertThat(SEEN.get()).as("gone").endsWith(" PRIMARY");
        }
        settled(following);
    }

    /** What was seen when it was executed; its preparation goes to all servers. */
    private static String executed(RawClient client, String sql) throws Exception {
        int id = client.prepare(sql, new java.util.ArrayList<>());
        assertThat(SEEN.get()).endsWith(" ALL");
        byte[] rest = {(byte) id, (byte) (id >> 8), (byte) (id >> 16), (byte) (id >> 24), 0, 1, 0, 0, 0};
        client.run(0x17, rest);
        return SEEN.get();
    }
}
