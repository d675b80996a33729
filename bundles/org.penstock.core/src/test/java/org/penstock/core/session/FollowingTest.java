package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.router.CoreServices;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.Transaction;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.OkPacket;

/** A session of two servers whose statements are followed: a is the primary, b gets the reads. */
class FollowingTest {
    private static final int AUTOCOMMIT = 2;
    private static final int IN_TRANSACTION = 3;

    private final Rig rig = new Rig();
    private final List<String> routed = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> foundAtLoss = new ArrayList<>();
    private boolean retries;
    private RouterContext context;
    private Pin asks = Pin.NONE;

    /** Splits reads from writes, as simply as can be. */
    private final class Splitting implements RouterSession {
        private final CoreServices needs;

        Splitting(CoreServices needs) {
            this.needs = needs;
        }

        @Override
        public CommandInterest interest() {
            return CommandInterest.head(1000);
        }

        @Override
        public CoreServices needs() {
            return needs;
        }

        @Override
        public List<String> connectFirst() {
            return List.of("a", "b");
        }

        @Override
        public Route route(Command command, Holds holds) {
            Placement placement = command.statement().placement();
            boolean free = context.transaction() == Transaction.NONE && context.pinnedTo() == null;
            boolean toB = command.code() == Command.COM_QUERY && command.sql().endsWith("/* b */");
            String server = toB || (placement == Placement.ANY && free) ? "b" : "a";
            routed.add(context.transaction() + " " + context.pins() + " " + context.previous() + " " + placement);
            if (asks != Pin.NONE) {
                context.pin(asks);
                asks = Pin.NONE;
            }
            return placement == Placement.ALL ? Route.toAll("a") : Route.to(server, retries);
        }

        @Override
        public OnLoss onConnectionLost(ServerView server, boolean waiting) {
            lost.add(server.name());
            foundAtLoss.add(context.transaction() + " " + context.pinnedTo());
            return OnLoss.GO_ON;
        }
    }

    private void open() {
        rig.open(given -> {
            context = given;
            return new Splitting(new CoreServices(true, 10, true, false));
        });
    }

    @AfterEach
    void nothingIsLost() {
        rig.machine.close();
        assertThat(rig.ledger.open()).isZero();
    }

    private FollowingTest query(String sql) {
        rig.send(Wire.query(sql)).run();
        return this;
    }

    private FollowingTest ok(String server, int status) {
        rig.reply(server, PacketWriter.frame(1, OkPacket.of(0, 0, status, 0).encode(Rig.CAPABILITIES)))
                .run();
        return this;
    }

    private FollowingTest error(String server) {
        rig.reply(server, Wire.error(1, 1213)).run();
        return this;
    }

    private String seen() {
        return routed.get(routed.size() - 1);
    }

    @Test
    void shouldTellPipelinedCommandsWhatWasSentBeforeThem() {
        open();
        query("BEGIN").query("SELECT 1").query("COMMIT").query("SELECT 2");
        assertThat(routed)
                .containsExactly(
                        "NONE [] null PRIMARY", "READ_WRITE [] a ANY", "READ_WRITE [] a PRIMARY", "NONE [] a ANY");
        assertThat(rig.got("b")).as("its turn comes later").isEmpty();
        ok("a", IN_TRANSACTION).ok("a", IN_TRANSACTION).ok("a", AUTOCOMMIT);
        assertThat(rig.got("b")).isNotEmpty();
        ok("b", AUTOCOMMIT).query("SELECT 3");
        assertThat(seen()).isEqualTo("NONE [] b ANY");
    }

    @Test
    void shouldBelieveTheServerWhenNothingLaterIsInFlight() {
        open();
        query("BEGIN").query("INSERT INTO t VALUES (1)");
        ok("a", AUTOCOMMIT);
        ok("a", IN_TRANSACTION).query("SELECT 1");
        assertThat(seen()).startsWith("READ_WRITE");
        ok("a", AUTOCOMMIT).query("SELECT 1");
        assertThat(seen()).startsWith("NONE");
    }

    @Test
    void shouldNotTakeAnotherServersWordForTheTransaction() {
        open();
        query("BEGIN").ok("a", IN_TRANSACTION);
        rig.machine.keeping().following().transaction();
        query("SELECT 1");
        ok("a", IN_TRANSACTION);
        assertThat(context.transaction()).isEqualTo(Transaction.READ_WRITE);
        query("SET @a = 1");
        ok("b", AUTOCOMMIT);
        ok("a", IN_TRANSACTION);
        assertThat(context.transaction()).isEqualTo(Transaction.READ_WRITE);
    }

    @Test
    void shouldWaitForWhatOnlyTheServerKnows() {
        open();
        query("CALL p()").query("SELECT 1");
        assertThat(routed).hasSize(1);
        ok("a", IN_TRANSACTION);
        assertThat(seen()).isEqualTo("READ_WRITE [] a ANY");
        ok("a", AUTOCOMMIT);
        query("CALL p()").query("SELECT 1");
        error("a");
        assertThat(seen()).as("not known").isEqualTo("READ_WRITE [] a ANY");
        ok("a", AUTOCOMMIT).query("SELECT 1");
        assertThat(seen()).startsWith("NONE");
    }

    @Test
    void shouldNotWaitForAServerThatIsGone() {
        open();
        query("SET sql_mode = ''").query("SELECT 1");
        assertThat(routed).hasSize(1);
        rig.lose("a").run();
        ok("b", AUTOCOMMIT);
        assertThat(routed.size()).isGreaterThan(1);
    }

    @Test
    void shouldTakeBackWhatFailed() {
        open();
        query("BEGIN").error("a").query("SELECT 1");
        assertThat(seen()).startsWith("NONE");
        ok("b", AUTOCOMMIT).query("LOCK TABLES t READ").error("a").query("SELECT 1");
        assertThat(seen()).startsWith("NONE []");
        ok("b", AUTOCOMMIT)
                .query("BEGIN")
                .ok("a", IN_TRANSACTION)
                .query("COMMIT")
                .error("a")
                .query("SELECT 1");
        assertThat(seen()).as("the transaction may be open").startsWith("READ_WRITE");
    }

    @Test
    void shouldEndWithTheServerThatItIsPinnedTo() {
        open();
        query("LOCK TABLES t READ").ok("a", AUTOCOMMIT);
        assertThat(context.pinnedTo()).isEqualTo("a");
        rig.lose("a").run();
        assertThat(lost).isEmpty();
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
    }

    @Test
    void shouldGoOnWithoutAServerThatItIsNotPinnedTo() {
        open();
        query("LOCK TABLES t READ").ok("a", AUTOCOMMIT);
        rig.lose("b").run();
        assertThat(lost).containsExactly("b");
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.RUNNING);
    }

    @Test
    void shouldBeSerializableElsewhereToo() {
        open();
        query("SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                .ok("b", AUTOCOMMIT)
                .ok("a", AUTOCOMMIT);
        assertThat(context.pins()).containsExactly(Pin.SERIALIZABLE);
        rig.lose("a").run();
        assertThat(lost).containsExactly("a");
        assertThat(context.pins()).containsExactly(Pin.SERIALIZABLE);
        assertThat(context.pinnedTo()).isNull();
        assertThat(context.replayable()).as("the history says so to the next").isTrue();
    }

    @Test
    void shouldPinForTheRoutersReason() {
        open();
        asks = Pin.CALL;
        query("CALL p()").ok("a", AUTOCOMMIT).query("SELECT 1");
        assertThat(seen()).isEqualTo("NONE [CALL] a ANY");
        assertThat(context.pinnedTo()).isEqualTo("a");
        assertThat(context.replayable()).isFalse();
    }

    @Test
    void shouldPinAfterWhatItCouldNotRead() {
        open();
        query("SELECT '" + "x".repeat(5000) + "' INTO @a")
                .ok("b", AUTOCOMMIT)
                .ok("a", AUTOCOMMIT)
                .query("SELECT 1");
        assertThat(seen()).as("all of it was here").startsWith("NONE []");
        ok("b", AUTOCOMMIT);
        byte[] large = Wire.query("SELECT '" + "x".repeat(5000) + "' INTO @a");
        rig.send(java.util.Arrays.copyOf(large, 2000)).run();
        rig.send(java.util.Arrays.copyOfRange(large, 2000, large.length)).run();
        ok("a", AUTOCOMMIT).query("SELECT 1");
        assertThat(seen()).startsWith("NONE [SESSION_STATE]");
    }

    @Test
    void shouldBeReplayableOnlyWhereNothingWouldBeMissed() {
        open();
        assertThat(context.replayable()).isTrue();
        query("BEGIN");
        assertThat(context.replayable()).isFalse();
        ok("a", IN_TRANSACTION).query("COMMIT").ok("a", AUTOCOMMIT);
        assertThat(context.replayable()).isTrue();
        query("CREATE TEMPORARY TABLE x (a INT)").ok("a", AUTOCOMMIT);
        assertThat(context.replayable()).isFalse();
        query("DROP TABLE x").ok("a", AUTOCOMMIT);
        assertThat(context.replayable()).isTrue();
    }

    @Test
    void shouldForgetTheTransactionAndTemporaryTablesOfALostServer() {
        open();
        query("CREATE TEMPORARY TABLE x (a INT)")
                .ok("a", AUTOCOMMIT)
                .query("BEGIN")
                .ok("a", IN_TRANSACTION);
        rig.lose("a").run();
        assertThat(lost).containsExactly("a");
        assertThat(foundAtLoss).as("the router decides by what there was").containsExactly("READ_WRITE null");
        assertThat(context.transaction()).isEqualTo(Transaction.NONE);
        assertThat(context.previous()).isNull();
        assertThat(context.replayable()).as("the client counts on its tables").isFalse();
        query("SELECT * FROM x");
        assertThat(seen()).endsWith(" PRIMARY");
    }

    @Test
    void shouldTakeBackWhatALostCommandSaid() {
        open();
        query("SET SESSION TRANSACTION READ ONLY");
        loseAndReconnect("a");
        query("BEGIN").ok("a", IN_TRANSACTION);
        assertThat(context.transaction()).isEqualTo(Transaction.READ_WRITE);
        query("COMMIT").ok("a", AUTOCOMMIT);
        query("SET autocommit = 0").answeredEverywhere(0);
        query("SET autocommit = 1");
        loseAndReconnect("a");
        assertThat(context.transaction()).as("autocommit is off").isEqualTo(Transaction.READ_WRITE);
    }

    @Test
    void shouldNotRememberAPreparationThatWasLost() {
        open();
        query("PREPARE p FROM 'INSERT INTO t VALUES (1)'").answeredEverywhere(AUTOCOMMIT);
        query("PREPARE p FROM 'SELECT 1'");
        loseAndReconnect("a");
        query("EXECUTE p");
        assertThat(seen()).endsWith(" PRIMARY");
    }

    @Test
    void shouldTakeBackWhatPipelinedCommandsSaidThatWereLost() {
        open();
        query("SET autocommit = 0").answeredEverywhere(0);
        query("START TRANSACTION READ ONLY").query("SELECT 1").query("COMMIT").query("LOCK TABLES t READ");
        query("CREATE TEMPORARY TABLE x (a INT)");
        assertThat(context.pins()).containsExactly(Pin.LOCK_TABLES);
        rig.machine.keeping().following().lost(rig.links.get("a"));
        assertThat(context.transaction()).isEqualTo(Transaction.READ_WRITE);
        assertThat(context.pins()).isEmpty();
        assertThat(context.replayable()).isTrue();
    }

    @Test
    void shouldFindTheTransactionAsItWasBeforeTheOldestOfThoseThatFailed() {
        open();
        query("BEGIN").query("CREATE TEMPORARY TABLE x (a INT)");
        error("a").error("a");
        assertThat(context.transaction()).isEqualTo(Transaction.NONE);
        assertThat(context.replayable()).as("there is no table").isTrue();
    }

    @Test
    void shouldWaitForWhatWouldLoosenTheSessionIfItSucceeded() {
        open();
        for (String sql : List.of(
                "SET SESSION TRANSACTION READ ONLY", "SET autocommit = 1", "PREPARE p FROM 'SELECT 1'", "USE d2")) {
            if (sql.contains("autocommit")) {
                query("SET autocommit = 0").answeredEverywhere(0);
            }
            int before = routed.size();
            query(sql).query("SELECT 1");
            assertThat(routed).as(sql).hasSize(before + 1);
            answeredEverywhere(AUTOCOMMIT);
            assertThat(routed).as(sql).hasSize(before + 2);
            ok("b", AUTOCOMMIT);
        }
    }

    @Test
    void shouldTakeATransactionForOneThatWritesWhereThereAreTemporaryTables() {
        open();
        query("SET SESSION TRANSACTION READ ONLY").answeredEverywhere(AUTOCOMMIT);
        query("CREATE TEMPORARY TABLE x (a INT)").ok("a", AUTOCOMMIT);
        for (String begin : List.of("BEGIN", "START TRANSACTION READ ONLY")) {
            query(begin).ok("a", IN_TRANSACTION);
            assertThat(context.transaction()).as(begin).isEqualTo(Transaction.READ_WRITE);
            query("COMMIT").ok("a", AUTOCOMMIT);
        }
        query("SET autocommit = 0").answeredEverywhere(0);
        assertThat(context.transaction()).isEqualTo(Transaction.READ_WRITE);
    }

    @Test
    void shouldNotWaitForATransactionWhoseConnectionIsGivenUp() {
        open();
        query("BEGIN /* b */").ok("b", IN_TRANSACTION);
        assertThat(context.replayable()).isFalse();
        context.disconnect("b");
        assertThat(context.replayable()).isTrue();
    }

    @Test
    void shouldKnowWhatBeganBehindTheEndOfTheLast() {
        open();
        query("LOCK TABLES t READ").ok("a", AUTOCOMMIT);
        query("UNLOCK TABLES").query("LOCK TABLES t READ").ok("a", AUTOCOMMIT);
        assertThat(context.pins()).containsExactly(Pin.LOCK_TABLES);
        ok("a", AUTOCOMMIT);
        assertThat(context.pins()).containsExactly(Pin.LOCK_TABLES);
        query("UNLOCK TABLES").ok("a", AUTOCOMMIT);
        query("LOCK TABLES t READ").query("LOCK TABLES u READ");
        error("a").ok("a", AUTOCOMMIT);
        assertThat(context.pins()).containsExactly(Pin.LOCK_TABLES);
    }

    @Test
    void shouldKnowATableThatALaterCommandMakes() {
        open();
        query("CREATE TEMPORARY TABLE x (a nothing)").query("CREATE TEMPORARY TABLE IF NOT EXISTS x (a INT)");
        error("a").ok("a", AUTOCOMMIT).query("SELECT * FROM x");
        assertThat(seen()).endsWith(" PRIMARY");
        ok("a", AUTOCOMMIT).query("DROP TABLE x").query("CREATE TEMPORARY TABLE x (a INT)");
        ok("a", AUTOCOMMIT).ok("a", AUTOCOMMIT).query("SELECT * FROM x");
        assertThat(seen()).endsWith(" PRIMARY");
        ok("a", AUTOCOMMIT).query("DROP TABLE x").query("CREATE TEMPORARY TABLE x (a nothing)");
        ok("a", AUTOCOMMIT).error("a").query("SELECT * FROM x");
        assertThat(seen()).endsWith(" ANY");
    }

    @Test
    void shouldCountTheHandlersThatAreOpen() {
        open();
        query("HANDLER t OPEN").ok("a", AUTOCOMMIT).query("HANDLER u OPEN").error("a");
        assertThat(context.pins()).containsExactly(Pin.HANDLER);
        query("HANDLER t CLOSE").ok("a", AUTOCOMMIT);
        assertThat(context.pins()).isEmpty();
        query("HANDLER t OPEN").query("HANDLER u OPEN").error("a").ok("a", AUTOCOMMIT);
        assertThat(context.pins()).containsExactly(Pin.HANDLER);
        query("HANDLER u CLOSE").ok("a", AUTOCOMMIT);
        assertThat(context.pins()).isEmpty();
    }

    private void loseAndReconnect(String server) {
        rig.lose(server).run();
        context.connect("a");
        context.connect("b");
        rig.run();
    }

    private FollowingTest answeredEverywhere(int status) {
        return ok("b", status).ok("a", status);
    }

    @Test
    void shouldNotTakeTheEndOfAFormerConnectionForThatOfTheNext() {
        open();
        query("SET @a = 1").ok("a", AUTOCOMMIT);
        Link former = rig.links.get("b");
        context.disconnect("b");
        rig.run();
        query("LOCK TABLES t READ /* b */").ok("b", AUTOCOMMIT);
        query("CREATE TEMPORARY TABLE x (a INT) /* b */").ok("b", AUTOCOMMIT);
        query("BEGIN /* b */").ok("b", IN_TRANSACTION);
        assertThat(rig.links.get("b")).isNotSameAs(former);
        rig.machine.serverLost(former, new org.penstock.api.error.SqlError(1927, "08S01", "lost"));
        rig.run();
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.RUNNING);
        assertThat(context.pinnedTo()).isEqualTo("b");
        assertThat(context.transaction()).isEqualTo(Transaction.READ_WRITE);
        query("SELECT * FROM x /* b */");
        assertThat(seen()).endsWith(" PRIMARY");
    }

    @Test
    void shouldPinForTheCommandThatTheRouterAskedItFor() {
        retries = true;
        open();
        query("SELECT 1");
        asks = Pin.CALL;
        query("CALL p()");
        loseAndReconnect("b");
        assertThat(context.pins()).isEmpty();
        ok("b", AUTOCOMMIT);
        assertThat(context.pinnedTo()).isEqualTo("a");
        assertThat(context.pins()).containsExactly(Pin.CALL);
    }

    @Test
    void shouldForgetATableThatCouldNotBeMade() {
        open();
        query("CREATE TEMPORARY TABLE x (a INT)");
        assertThat(context.replayable()).isFalse();
        error("a");
        assertThat(context.replayable()).isTrue();
        query("SELECT * FROM x");
        assertThat(seen()).endsWith(" ANY");
    }

    @Test
    void shouldStayWhereTheNextTransactionWasSpokenOf() {
        open();
        query("SET TRANSACTION ISOLATION LEVEL READ COMMITTED").ok("a", AUTOCOMMIT);
        assertThat(context.replayable()).isFalse();
        query("BEGIN").ok("a", IN_TRANSACTION).query("COMMIT").ok("a", AUTOCOMMIT);
        assertThat(context.replayable()).isTrue();
        query("SET TRANSACTION READ ONLY").ok("a", AUTOCOMMIT).query("SELECT 1").ok("b", AUTOCOMMIT);
        assertThat(context.replayable()).as("it may still count").isFalse();
        query("INSERT INTO t VALUES (1)").ok("a", AUTOCOMMIT);
        assertThat(context.replayable()).isTrue();
        query("SET TRANSACTION READ ONLY").ok("a", AUTOCOMMIT);
        loseAndReconnect("a");
        assertThat(context.replayable()).as("the client counts on it").isFalse();
    }

    @Test
    void shouldStayWhereAVariableWasSetThatOnlyOneServerCouldSet() {
        for (String sql : List.of(
                "SELECT FOUND_ROWS() INTO @n",
                "SELECT @n := ROW_COUNT()",
                "GET DIAGNOSTICS @n = NUMBER",
                "SET @n = FOUND_ROWS()",
                "SET @n = @@warning_count",
                "SELECT LAST_INSERT_ID() INTO @n",
                "CALL p(@n)",
                "INSERT INTO t VALUES (@n := 1)")) {
            FollowingTest each = new FollowingTest();
            each.open();
            each.query(sql).ok("a", AUTOCOMMIT);
            assertThat(each.context.pins()).as(sql).containsExactly(Pin.SESSION_STATE);
            each.nothingIsLost();
        }
        open();
        query("SELECT FOUND_ROWS() INTO @n").error("a");
        assertThat(context.pins()).isEmpty();
        query("SELECT 1 INTO @n").answeredEverywhere(AUTOCOMMIT);
        assertThat(context.pins()).isEmpty();
    }

    @Test
    void shouldKnowWhichServerHasThePreviousOutcome() {
        open();
        query("SELECT 1").ok("b", AUTOCOMMIT);
        assertThat(context.previous()).isEqualTo("b");
        rig.send(Wire.command(0x0E)).run();
        answeredEverywhere(AUTOCOMMIT);
        rig.send(Wire.command(0x16, "SELECT 1".getBytes(StandardCharsets.UTF_8)))
                .run();
        rig.reply("b", StatementIdsTest.prepared(1, 7, 0));
        rig.reply("a", StatementIdsTest.prepared(1, 9, 0));
        assertThat(context.previous())
                .as("neither a ping nor a preparation counts")
                .isEqualTo("b");
        assertThat(context.previousLost()).isFalse();
        rig.lose("b").run();
        assertThat(context.previous()).isNull();
        assertThat(context.previousLost()).isTrue();
        query("DO 1").ok("a", AUTOCOMMIT);
        assertThat(context.previousLost()).isFalse();
    }

    @Test
    void shouldBeginAnewAfterAReset() {
        open();
        query("SET autocommit = 0").ok("b", 0).ok("a", 0);
        query("LOCK TABLES t READ").ok("a", 0);
        query("PREPARE p FROM 'SELECT 1'").ok("b", 0).ok("a", 0);
        rig.send(Wire.command(0x1F)).run();
        query("EXECUTE p");
        assertThat(seen()).as("waits for the reset").endsWith("ALL");
        ok("b", AUTOCOMMIT).ok("a", AUTOCOMMIT);
        assertThat(seen()).isEqualTo("NONE [] a PRIMARY");
    }

    @Test
    void shouldNotLetARouterInThatNeedsMore() {
        rig.open(given -> {
            context = given;
            return new Splitting(new CoreServices(true, 0, true, false));
        });
        rig.machine.standing();
        String before = rig.machine.standing().modules().get(0);
        rig.route(given -> new Splitting(new CoreServices(true, 5, true, false)));
        assertThat(rig.machine.standing().keptBehind()).isTrue();
        assertThat(rig.machine.standing().modules().get(0))
                .startsWith(before)
                .contains("needs the history of session commands");
        query("SELECT 1");
        assertThat(routed).hasSize(1);
    }

    @Test
    void shouldLetARouterInWithWhatIsKnown() {
        open();
        query("BEGIN").ok("a", IN_TRANSACTION).query("PREPARE p FROM 'SELECT 1'");
        ok("b", AUTOCOMMIT).ok("a", IN_TRANSACTION);
        rig.route(given -> {
            context = given;
            return new Splitting(new CoreServices(true, 10, true, false));
        });
        query("EXECUTE p");
        assertThat(seen()).isEqualTo("READ_WRITE [] a ANY");
        assertThat(rig.machine.standing().followed())
                .containsEntry("Transaction", "read write")
                .containsEntry("Prepared statements", "0, by name 1")
                .containsEntry("Stays with", "none")
                .containsEntry("Previous server", "a");
    }

    @Test
    void shouldKnowNothingWhereTheRouterDoesNotAsk() {
        rig.open(given -> {
            context = given;
            return new Splitting(CoreServices.NONE);
        });
        query("BEGIN").ok("a", IN_TRANSACTION);
        assertThat(context.transaction()).as("by the status").isEqualTo(Transaction.READ_WRITE);
        assertThat(context.pins()).isEmpty();
        assertThat(rig.machine.standing().followed()).isEmpty();
        byte[] execute = "\u0001\u0000\u0000\u0000".getBytes(StandardCharsets.ISO_8859_1);
        rig.send(Wire.command(0x17, execute)).run();
        assertThat(seen()).endsWith(" PRIMARY");
    }
}
