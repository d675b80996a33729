package org.penstock.router.readwritesplit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.penstock.api.server.ServerStatus.DRAINING;
import static org.penstock.api.server.ServerStatus.MAINTENANCE;
import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.RUNNING;
import static org.penstock.api.server.ServerStatus.SLAVE;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.router.CoreServices;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterSession;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Transaction;
import org.penstock.testkit.FakeCommand;
import org.penstock.testkit.FakeServer;

class ReadWriteSessionTest {
    private static final String READ = "SELECT a FROM t";
    private static final String WRITE = "INSERT INTO t VALUES (1)";

    private final Given given = new Given();

    @Test
    void shouldConnectPrimaryAndReplicasFirst() {
        assertThat(given.router().open(given.context).connectFirst()).containsExactly("m", "s1", "s2");
    }

    @Test
    void shouldConnectNothingFirstWhenLazy() {
        assertThat(given.session("lazy_connect", "true").connectFirst()).isEmpty();
    }

    @Test
    void shouldAskTheCoreForHistoryAndStatements() {
        assertThat(given.session().needs()).isEqualTo(new CoreServices(true, 50, true, true));
        assertThat(given.session().interest().limit()).isEqualTo(ReadWriteSession.HEAD_BYTES);
    }

    @Test
    void shouldRetryReadsOutsideTransactionsOnly() {
        RouterSession session = given.session();
        assertThat(given.query(session, READ)).isInstanceOfSatisfying(Route.To.class, to -> assertThat(to.retry())
                .isTrue());
        assertThat(given.query(session, WRITE)).isEqualTo(Route.to("m"));
        assertThat(given.query(given.session("retry_failed_reads", "false"), READ))
                .isInstanceOfSatisfying(
                        Route.To.class, to -> assertThat(to.retry()).isFalse());
        given.context.transaction(Transaction.READ_WRITE);
        assertThat(given.query(session, READ)).isEqualTo(Route.to("m"));
    }

    @Test
    void shouldNotRetryAWriteThatAHintSendsToAReplica() {
        Route route = given.route(given.session(), FakeCommand.query(WRITE).hinted(new Hint.ToReplica()));
        assertThat(route).isIn(Route.to("s1"), Route.to("s2"));
    }

    @Test
    void shouldSendSessionCommandsToAllWithThePrimarysAnswer() {
        assertThat(given.query(given.session(), "SET @a = 1")).isEqualTo(Route.toAll("m"));
    }

    @Test
    void shouldAnswerSessionCommandsFromAReplicaWhenThePrimaryIsLost() {
        RouterSession session = given.session();
        given.lose(session, given.m);
        assertThat(given.query(session, "SET @a = 1")).isEqualTo(Route.toAll("s1"));
    }

    @Test
    void shouldAnswerSessionCommandsFromTheServerOfTheTransaction() {
        RouterSession session = given.session();
        String server = given.server(session, "START TRANSACTION READ ONLY");
        given.context.transaction(Transaction.READ_ONLY);
        assertThat(given.query(session, "SET @a = 1")).isEqualTo(Route.toAll(server));
    }

    @Test
    void shouldAnswerTheFirstSessionCommandFromAReplicaWhenLazy() {
        RouterSession session = given.session("lazy_connect", "true");
        assertThat(given.query(session, "SET @a = 1")).isIn(Route.toAll("s1"), Route.toAll("s2"));
        RouterSession other = new Given().session("lazy_connect", "true", "master_accept_reads", "true");
        assertThat(new Given().query(other, "SET @a = 1")).isEqualTo(Route.toAll("m"));
    }

    @Test
    void shouldStayOnOneReplicaThroughAReadOnlyTransaction() {
        RouterSession session = given.session();
        String server = given.server(session, "START TRANSACTION READ ONLY");
        assertThat(server).isIn("s1", "s2");
        given.context.transaction(Transaction.READ_ONLY);
        for (int i = 0; i < 5; i++) {
            assertThat(given.server(session, READ)).isEqualTo(server);
            assertThat(given.server(session, WRITE)).isEqualTo(server);
            given.query(session, "SET @a = 1");
        }
        assertThat(given.server(session, "COMMIT")).isEqualTo(server);
        given.context.transaction(Transaction.NONE);
        assertThat(given.server(session, WRITE)).isEqualTo("m");
    }

    @Test
    void shouldLeaveTheReplicaWhenAWritingTransactionBeginsInAReadOnlyOne() {
        RouterSession session = given.session();
        String server = given.server(session, "START TRANSACTION READ ONLY");
        given.context.transaction(Transaction.READ_ONLY);
        assertThat(given.server(session, "BEGIN")).isEqualTo("m");
        assertThat(given.context.connected()).doesNotContain(server);
        given.context.transaction(Transaction.READ_WRITE);
        assertThat(given.server(session, READ)).isEqualTo("m");
    }

    @Test
    void shouldKeepToThePrimaryWhenAutocommitIsOff() {
        RouterSession session = given.session();
        assertThat(given.query(session, "SET autocommit=0")).isEqualTo(Route.toAll("m"));
        given.context.transaction(Transaction.READ_WRITE);
        assertThat(given.server(session, READ)).isEqualTo("m");
        assertThat(given.server(session, "COMMIT")).isEqualTo("m");
        assertThat(given.server(session, READ)).isEqualTo("m");
        assertThat(given.query(session, "SET autocommit=1")).isEqualTo(Route.toAll("m"));
        given.context.transaction(Transaction.NONE);
        assertThat(given.server(session, READ)).isNotEqualTo("m");
    }

    @Test
    void shouldConnectThePrimaryWhenAutocommitIsSwitchedOffInALazySession() {
        RouterSession session = given.session("lazy_connect", "true");
        assertThat(given.query(session, "SET autocommit=0")).isEqualTo(Route.toAll("m"));
        given.context.linked("m").transaction(Transaction.READ_WRITE).replayable(false);
        assertThat(given.server(session, READ)).isEqualTo("m");
    }

    @Test
    void shouldKeepToThePrimaryUntilTheNextTransactionHasEnded() {
        RouterSession session = given.session();
        assertThat(given.server(session, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
                .isEqualTo("m");
        assertThat(given.server(session, "START TRANSACTION READ ONLY")).isEqualTo("m");
        given.context.transaction(Transaction.READ_ONLY);
        assertThat(given.server(session, READ)).isEqualTo("m");
        assertThat(given.server(session, "COMMIT")).isEqualTo("m");
        given.context.transaction(Transaction.NONE);
        assertThat(given.server(session, READ)).isNotEqualTo("m");
        given.server(session, "SET TRANSACTION READ ONLY");
        assertThat(given.query(session, "SET @a = 1")).isInstanceOf(Route.ToAll.class);
        assertThat(given.server(session, READ)).isEqualTo("m");
        assertThat(given.server(session, READ)).isNotEqualTo("m");
    }

    @Test
    void shouldAskThePreviousServer() {
        RouterSession session = given.session();
        String server = given.server(session, "SELECT SQL_CALC_FOUND_ROWS a FROM t LIMIT 1");
        assertThat(given.server(session, "SELECT FOUND_ROWS()")).isEqualTo(server);
        given.context.previous(null);
        assertThat(given.server(session, "SELECT FOUND_ROWS()")).isEqualTo("m");
        given.server(session, READ);
        given.context.previous("m");
        assertThat(given.server(session, "SHOW WARNINGS")).isEqualTo("m");
    }

    /** As a pool does with connections that are read only for a while: autocommit is off all the time. */
    @Test
    void shouldWriteOnThePrimaryAfterReadOnlyTransactionsWithoutAutocommit() {
        RouterSession session = given.session();
        given.query(session, "SET SESSION TRANSACTION READ ONLY");
        given.query(session, "SET autocommit=0");
        given.context.previous(null).transaction(Transaction.READ_ONLY);
        String server = given.server(session, READ);
        assertThat(server).isNotEqualTo("m");
        given.context.transaction(Transaction.READ_ONLY);
        assertThat(given.server(session, "COMMIT")).isEqualTo(server);
        given.query(session, "SET SESSION TRANSACTION READ WRITE");
        given.context.previous(null).transaction(Transaction.READ_WRITE);
        assertThat(given.server(session, WRITE)).isEqualTo("m");
    }

    @Test
    void shouldRefuseWhatOnlyALostServerKnew() {
        RouterSession session = given.session();
        for (String sql : List.of("SELECT FOUND_ROWS()", "SHOW WARNINGS", "SELECT ROW_COUNT() INTO @n")) {
            given.lose(session, server(given.server(session, READ)));
            assertThat(given.query(session, sql)).as(sql).isEqualTo(Errors.PREVIOUS_ELSEWHERE);
            assertThat(given.server(session, "-- nothing")).isEqualTo("m");
            given.context.linked("s1", "s2");
        }
    }

    private FakeServer server(String name) {
        return name.equals("s1") ? given.s1 : given.s2;
    }

    @Test
    void shouldRefuseToWriteWhatAnotherServerKnows() {
        RouterSession session = given.session();
        given.server(session, READ);
        assertThat(given.query(session, "INSERT INTO t VALUES (FOUND_ROWS())")).isEqualTo(Errors.PREVIOUS_ELSEWHERE);
        given.server(session, WRITE);
        assertThat(given.server(session, "INSERT INTO t VALUES (ROW_COUNT())")).isEqualTo("m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 2",
                "BEGIN NOT ATOMIC COMMIT; INSERT INTO t VALUES (1); END",
                "CALL p()",
                "EXECUTE IMMEDIATE 'COMMIT'",
                "FROBNICATE"
            })
    void shouldRefuseInAReadOnlyTransactionWhatMayEndItAndWrite(String sql) {
        RouterSession session = given.session();
        String server = given.server(session, "START TRANSACTION READ ONLY");
        given.context.transaction(Transaction.READ_ONLY);
        assertThat(given.query(session, sql)).isEqualTo(Errors.UNKNOWN_IN_READ_ONLY);
        assertThat(given.server(session, READ)).isEqualTo(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT GET_LOCK('x', 1)", "DO RELEASE_LOCK('x')", "SET @a = GET_LOCK('x', 1)"})
    void shouldTakeNoLockOnAReplica(String sql) {
        RouterSession session = given.session();
        String server = given.server(session, "START TRANSACTION READ ONLY");
        given.context.transaction(Transaction.READ_ONLY);
        assertThat(given.query(session, sql)).isEqualTo(Errors.LOCK_IN_READ_ONLY);
        assertThat(given.server(session, "SELECT NEXTVAL(s)"))
                .as("refused by the server")
                .isEqualTo(server);
    }

    @Test
    void shouldNotWriteInATransactionThatCameToBeOnAReplica() {
        RouterSession session = given.session();
        String server = given.server(session, "START TRANSACTION READ ONLY");
        given.context.transaction(Transaction.READ_WRITE).transactionOn(server);
        for (String sql : List.of(WRITE, "CREATE TABLE u (a INT)", "CALL p()", "SELECT a FROM t FOR UPDATE")) {
            assertThat(given.query(session, sql)).as(sql).isEqualTo(Errors.WRITE_ON_REPLICA);
        }
        for (String sql : List.of(READ, "ROLLBACK", "COMMIT")) {
            assertThat(given.server(session, sql)).as(sql).isEqualTo(server);
        }
        assertThat(hinted(session, WRITE, new Hint.ToServer(server))).isEqualTo(server);
        given.context.transaction(Transaction.READ_WRITE).transactionOn("m");
        assertThat(given.server(session, WRITE)).isEqualTo("m");
    }

    @Test
    void shouldStayWithThePrimaryWhenSerializableThoughItsConnectionWasLost() {
        RouterSession session = given.session();
        given.context.pinned(Pin.SERIALIZABLE, null);
        for (String sql : List.of(READ, "BEGIN", WRITE)) {
            assertThat(given.server(session, sql)).as(sql).isEqualTo("m");
        }
        assertThat(given.query(session, "SET @a = 1")).isEqualTo(Route.toAll("m"));
    }

    @Test
    void shouldExecuteItInAReadOnlyTransactionOnThePrimary() {
        RouterSession session = given.session("max_slave_connections", "0");
        assertThat(given.server(session, "START TRANSACTION READ ONLY")).isEqualTo("m");
        given.context.transaction(Transaction.READ_ONLY);
        assertThat(given.server(session, "CALL p()")).isEqualTo("m");
    }

    @Test
    void shouldGoOnWhenAServerIsLostOnWhichTransactionsAreSerializable() {
        RouterSession session = given.session();
        given.context.pinned(Pin.SERIALIZABLE, "m");
        assertThat(session.onConnectionLost(given.m, false).goesOn()).isTrue();
        given.context.pinned(Pin.HANDLER, "m");
        assertThat(session.onConnectionLost(given.m, false).goesOn()).isFalse();
    }

    @Test
    void shouldEndRatherThanWriteOnThePrimaryWhatDependsOnAnotherServer() {
        RouterSession session = given.session();
        given.context.pinned(Pin.SESSION_STATE, "s2");
        assertThat(given.query(session, WRITE)).isInstanceOf(Route.Close.class);
        RouterSession beginning = given.session();
        assertThat(given.query(beginning, "START TRANSACTION READ WRITE")).isInstanceOf(Route.Close.class);
    }

    @Test
    void shouldKeepTheLagOfAHintToReads() {
        RouterSession session = given.session();
        Hint near = new Hint.Parameter("max_slave_replication_lag", "1000");
        assertThat(hinted(session, WRITE, near)).isEqualTo("m");
        assertThat(hinted(session, "BEGIN", near)).isEqualTo("m");
    }

    @Test
    void shouldGoWhereTheSessionIsPinned() {
        RouterSession session = given.session();
        given.context.pinned(Pin.HANDLER, "s2");
        assertThat(given.server(session, READ)).isEqualTo("s2");
        assertThat(given.query(session, "SET @a = 1")).isEqualTo(Route.toAll("s2"));
        given.context.lost("s2");
        assertThat(given.query(session, READ)).isInstanceOf(Route.Close.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1; SELECT 2", "BEGIN NOT ATOMIC SELECT 1; END", "CALL p()"})
    void shouldPinOnlyWhenStrict(String sql) {
        RouterSession session = given.session();
        assertThat(given.server(session, sql)).isEqualTo("m");
        assertThat(given.context.pins()).isEmpty();
        RouterSession strict = given.session("strict_multi_stmt", "true", "strict_sp_calls", "true");
        assertThat(given.server(strict, sql)).isEqualTo("m");
        assertThat(given.context.pins()).hasSize(1);
    }

    @Test
    void shouldFollowHintsThatNameAServerOrALag() {
        RouterSession session = given.session();
        for (int i = 0; i < 3; i++) {
            assertThat(hinted(session, READ, new Hint.ToServer("S2"))).isEqualTo("s2");
            assertThat(hinted(session, WRITE, new Hint.ToServer("s1"))).isEqualTo("s1");
            assertThat(hinted(session, READ, new Hint.ToServer("nothing"), new Hint.ToServer("m")))
                    .isEqualTo("m");
            assertThat(hinted(session, READ, new Hint.ToServer("s2"), new Hint.ToPrimary()))
                    .isEqualTo("m");
        }
        assertThat(hinted(session, WRITE, new Hint.ToServer("nothing"))).isEqualTo("m");
        given.s1.fact("replication_lag", "5");
        Hint near = new Hint.Parameter("max_slave_replication_lag", "5");
        assertThat(hinted(session, READ, near)).isEqualTo("s2");
        assertThat(hinted(session, READ, near)).isEqualTo("s2");
        given.s2.fact("replication_lag", "5");
        assertThat(hinted(session, WRITE, near)).isEqualTo("m");
        assertThat(hinted(session, READ, new Hint.Parameter("max_slave_replication_lag", "x")))
                .isIn("s1", "s2");
    }

    private String hinted(RouterSession session, String sql, Hint... hints) {
        return given.route(session, FakeCommand.query(sql).hinted(hints)) instanceof Route.To to ? to.server() : null;
    }

    @Test
    void shouldReadOnThePrimaryWhenNoReplicaIsLeft() {
        RouterSession session = given.session();
        given.s1.set(SLAVE);
        given.s2.add(MAINTENANCE);
        assertThat(given.server(session, READ)).isEqualTo("m");
        given.s1.add(RUNNING);
        assertThat(given.server(session, READ)).isEqualTo("s1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x12, 0x13, 0x15, 0x1e})
    void shouldRefuseReplicationClients(int code) {
        assertThat(given.route(given.session(), FakeCommand.of(code, (byte) 0)))
                .isInstanceOfSatisfying(
                        Route.Fail.class,
                        fail -> assertThat(fail.error().code()).isEqualTo(1235));
    }

    @Test
    void shouldRefuseSessionsWithoutPrimaryWhenItFailsInstantly() {
        given.m.set();
        assertThatThrownBy(() -> given.session("master_failure_mode", "fail_instantly"))
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        e -> assertThat(e.error().code()).isEqualTo(1815));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail_on_write", "error_on_write"})
    void shouldBeginWithoutPrimaryWhenItMay(String mode) {
        given.m.set();
        RouterSession session = given.session("master_failure_mode", mode);
        assertThat(given.context.connected()).containsExactlyInAnyOrder("s1", "s2");
        assertThat(given.server(session, READ)).isIn("s1", "s2");
        assertRefused(mode, given.query(session, WRITE));
        given.m.set(MASTER, RUNNING);
        assertThat(given.server(session, WRITE)).isEqualTo("m");
    }

    private static void assertRefused(String mode, Route route) {
        if (mode.equals("error_on_write")) {
            assertThat(route).isInstanceOfSatisfying(Route.Fail.class, fail -> assertThat(fail.error())
                    .isEqualTo(Errors.NO_WRITES));
            assertThat(Errors.NO_WRITES.code()).isEqualTo(1290);
            assertThat(Errors.NO_WRITES.sqlState()).isEqualTo("HY000");
        } else {
            assertThat(route).isInstanceOfSatisfying(Route.Close.class, close -> assertThat(
                            close.error().code())
                    .isEqualTo(1927));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail_on_write", "error_on_write"})
    void shouldNotTakeANewPrimaryWhenItMayNot(String mode) {
        RouterSession session = given.session("master_failure_mode", mode, "master_reconnection", "false");
        given.lose(session, given.m);
        assertRefused(mode, given.query(session, WRITE));
        assertThat(given.server(session, READ)).isIn("s1", "s2");
    }

    @Test
    void shouldTakeTheNewPrimaryAndGiveUpTheFormer() {
        RouterSession session = given.session();
        given.m.set(SLAVE, RUNNING);
        given.s1.set(MASTER, RUNNING);
        session.onServersChanged();
        assertThat(given.server(session, WRITE)).isEqualTo("s1");
        assertThat(given.context.connected()).doesNotContain("m");
        assertThat(given.context.closed()).isNull();
    }

    @Test
    void shouldKeepItsPrimaryWhenAnotherServerBecomesOneToo() {
        RouterSession session = given.session();
        given.m.connections(10).fact("depth", "3");
        given.s1.set(MASTER, RUNNING).fact("depth", "0");
        session.onServersChanged();
        assertThat(given.server(session, WRITE)).isEqualTo("m");
    }

    @Test
    void shouldEndWhenThePrimaryMovesDuringATransaction() {
        RouterSession session = given.session();
        given.server(session, "BEGIN");
        given.context.transaction(Transaction.READ_WRITE);
        given.m.set(SLAVE, RUNNING);
        given.s1.set(MASTER, RUNNING);
        session.onServersChanged();
        assertThat(given.context.closed().message()).contains("'m'", "no longer the master");
    }

    @Test
    void shouldEndWhenThePrimaryMovesWhileTheSessionIsPinnedToIt() {
        RouterSession session = given.session();
        given.context.pinned(Pin.LOCK_TABLES, "m");
        given.m.set(SLAVE, RUNNING);
        given.s1.set(MASTER, RUNNING);
        session.onServersChanged();
        assertThat(given.context.closed()).isNotNull();
    }

    @Test
    void shouldEndAtOnceWhenItFailsInstantly() {
        RouterSession session = given.session("master_failure_mode", "fail_instantly");
        given.context.lost("m");
        assertThat(session.onConnectionLost(given.m, false).goesOn()).isFalse();
        Given other = new Given();
        RouterSession second = other.session("master_failure_mode", "fail_instantly");
        other.m.set(MASTER);
        second.onServersChanged();
        assertThat(other.context.closed().code()).isEqualTo(1927);
    }

    @Test
    void shouldLetThePrimaryMoveWithoutALossWhenItFailsInstantly() {
        RouterSession session = given.session("master_failure_mode", "fail_instantly");
        given.m.set(SLAVE, RUNNING);
        given.s1.set(MASTER, RUNNING);
        session.onServersChanged();
        assertThat(given.context.closed()).isNull();
        assertThat(given.server(session, WRITE)).isEqualTo("s1");
    }

    @ParameterizedTest
    @EnumSource(FailureMode.class)
    void shouldEndWhenTheServerOfTheTransactionIsLost(FailureMode mode) {
        RouterSession session = given.session("master_failure_mode", mode.name());
        given.server(session, "BEGIN");
        given.context.transaction(Transaction.READ_WRITE);
        assertThat(session.onConnectionLost(given.m, false).goesOn()).isFalse();
    }

    @Test
    void shouldEndWhenTheReplicaOfAReadOnlyTransactionIsLostAndNotForAnother() {
        RouterSession session = given.session();
        String server = given.server(session, "START TRANSACTION READ ONLY");
        given.context.transaction(Transaction.READ_ONLY);
        assertThat(session.onConnectionLost(server.equals("s1") ? given.s2 : given.s1, false))
                .isEqualTo(OnLoss.GO_ON);
        assertThat(session.onConnectionLost(server.equals("s1") ? given.s1 : given.s2, false)
                        .goesOn())
                .isFalse();
    }

    @Test
    void shouldEndWhenThePinnedServerIsLost() {
        RouterSession session = given.session();
        given.context.pinned(Pin.LOCK_TABLES, "m");
        assertThat(session.onConnectionLost(given.m, false).goesOn()).isFalse();
    }

    @Test
    void shouldPassOnTheServersRefusalWhenNoneOfTheFirstServersLetsTheSessionIn() {
        RouterSession session = given.session();
        given.context.lost("m");
        assertThat(session.onConnectionLost(given.m, false)).isEqualTo(OnLoss.GO_ON);
        given.context.lost("s1");
        assertThat(session.onConnectionLost(given.s1, false)).isEqualTo(OnLoss.GO_ON);
        given.context.lost("s2");
        assertThat(session.onConnectionLost(given.s2, false)).isEqualTo(OnLoss.CLOSE);
    }

    @Test
    void shouldStayOnServersThatAreDrainedAndConnectToOthers() {
        RouterSession session = given.session();
        given.m.add(DRAINING);
        given.s1.add(DRAINING);
        session.onServersChanged();
        assertThat(given.context.connected()).containsExactlyInAnyOrder("m", "s1", "s2");
        assertThat(given.server(session, WRITE)).isEqualTo("m");
        given.s2.operations(1);
        assertThat(given.server(session, READ)).isEqualTo("s1");
        given.context.lost("s1");
        given.context.lost("m");
        assertThat(given.server(session, READ)).isEqualTo("s2");
        assertThat(given.query(session, WRITE)).isInstanceOf(Route.Close.class);
    }

    @Test
    void shouldGoOnWithoutAReplicaUnlessItsReplyIsLost() {
        RouterSession session = given.session();
        assertThat(session.onConnectionLost(given.s1, false)).isEqualTo(OnLoss.GO_ON);
        assertThat(session.onConnectionLost(given.s1, true).goesOn()).isFalse();
    }

    @Test
    void shouldSayThatTheOutcomeIsUnknownWhenAWriteIsLost() {
        RouterSession session = given.session("master_failure_mode", "error_on_write");
        OnLoss loss = session.onConnectionLost(given.m, true);
        assertThat(loss.goesOn()).isTrue();
        assertThat(loss.error().code()).isEqualTo(2013);
        assertThat(new Given().session().onConnectionLost(given.m, true).goesOn())
                .isFalse();
    }

    @Test
    void shouldConnectToItsPrimaryAgainAfterALoss() {
        RouterSession session = given.session();
        given.lose(session, given.m);
        assertThat(given.server(session, WRITE)).isEqualTo("m");
        given.lose(session, given.m);
        assertThat(given.query(session, WRITE)).isInstanceOf(Route.Close.class);
    }

    @Test
    void shouldNotConnectAgainWhenTheStateCannotBeRebuilt() {
        RouterSession session = given.session();
        given.lose(session, given.m);
        given.context.replayable(false);
        assertThat(given.query(session, WRITE)).isInstanceOf(Route.Close.class);
    }

    @Test
    void shouldHoldAWriteUntilThereIsAPrimary() {
        RouterSession session = given.session("delayed_retry", "true", "delayed_retry_timeout", "4s");
        given.m.set(MASTER);
        given.lose(session, given.m);
        assertThat(given.query(session, WRITE)).isInstanceOf(Route.Held.class);
        assertThat(given.context.holds().get(0).deadline()).isEqualTo(Duration.ofSeconds(4));
        session.onServersChanged();
        assertThat(given.context.holds().get(0).open()).isTrue();
        given.s2.set(MASTER, RUNNING);
        session.onServersChanged();
        assertThat(given.context.holds().get(0).decision()).isEqualTo(Route.to("s2"));
    }

    @Test
    void shouldTryAHeldWriteAgainAfterAWhile() {
        RouterSession session = given.session("delayed_retry", "true");
        given.m.set(MASTER);
        given.lose(session, given.m);
        given.query(session, WRITE);
        given.m.add(RUNNING);
        given.context.session().advance(Duration.ofSeconds(1));
        assertThat(given.context.holds().get(0).decision()).isEqualTo(Route.to("m"));
    }

    @Test
    void shouldFailAsWithoutHoldWhenItTimesOut() {
        RouterSession session = given.session("delayed_retry", "true", "master_failure_mode", "error_on_write");
        given.m.set(MASTER);
        given.lose(session, given.m);
        given.query(session, WRITE);
        given.context.holds().get(0).timeOut();
        assertThat(given.context.holds().get(0).decision()).isEqualTo(Route.fail(Errors.NO_WRITES));
        given.m.add(RUNNING);
        session.onServersChanged();
        given.context.session().advance(Duration.ofSeconds(5));
        assertThat(given.context.holds().get(0).decision()).isEqualTo(Route.fail(Errors.NO_WRITES));
    }

    @Test
    void shouldGiveUpServersInMaintenanceWhenNothingHangsOnThem() {
        RouterSession session = given.session();
        String server = given.server(session, "START TRANSACTION READ ONLY");
        given.context.transaction(Transaction.READ_ONLY);
        given.server(session, READ);
        given.s1.add(MAINTENANCE);
        given.s2.add(MAINTENANCE);
        session.onServersChanged();
        assertThat(given.context.connected()).containsExactlyInAnyOrder("m", server);
        assertThat(given.server(session, "COMMIT")).isEqualTo(server);
        given.context.transaction(Transaction.NONE);
        assertThat(given.server(session, READ)).isEqualTo("m");
        assertThat(given.context.connected()).containsExactly("m");
    }

    @Test
    void shouldLetATransactionEndOnAPrimaryInMaintenance() {
        RouterSession session = given.session();
        given.server(session, "BEGIN");
        given.context.transaction(Transaction.READ_WRITE).replayable(false);
        given.m.add(MAINTENANCE);
        given.s1.set(MASTER, RUNNING);
        session.onServersChanged();
        assertThat(given.context.closed()).isNull();
        assertThat(given.server(session, WRITE)).isEqualTo("m");
        assertThat(given.server(session, "COMMIT")).isEqualTo("m");
        given.context.transaction(Transaction.NONE).replayable(true);
        assertThat(given.server(session, WRITE)).isEqualTo("s1");
        assertThat(given.context.connected()).doesNotContain("m");
    }

    @Test
    void shouldCountWhatItDoes() {
        RouterSession session = given.session();
        given.query(session, READ);
        given.query(session, READ);
        given.query(session, WRITE);
        given.query(session, "SET @a = 1");
        given.query(session, "BEGIN");
        given.query(session, "START TRANSACTION READ ONLY");
        FakeCommand again = FakeCommand.query(READ).numbered(50);
        session.route(again, given.context.holder());
        session.route(again, given.context.holder());
        session.onReply(given.s1, 3_000_000, 0);
        assertThat(given.module.count("queries")).isEqualTo(8);
        assertThat(given.module.count("route_master")).isEqualTo(2);
        assertThat(given.module.count("route_slave")).isEqualTo(5);
        assertThat(given.module.count("route_all")).isEqualTo(1);
        assertThat(given.module.count("rw_transactions")).isEqualTo(1);
        assertThat(given.module.count("ro_transactions")).isEqualTo(1);
        assertThat(given.module.count("retried_reads")).isEqualTo(1);
        assertThat(given.module.count("m.total")).isEqualTo(3);
        assertThat(given.module.count("m.write")).isEqualTo(3);
        assertThat(given.module.count("s1.read") + given.module.count("s2.read"))
                .isEqualTo(4);
        assertThat(given.module.count("s1.response_us")).isEqualTo(3000);
        assertThat(given.module.count("m.sessions")).isEqualTo(1);
        session.close();
        assertThat(given.module.count("m.sessions")).isZero();
        assertThat(given.module.count("s1.sessions")).isZero();
        assertThat(given.module.count("sessions_ended")).isEqualTo(1);
    }

    @Test
    void shouldGoOnInAnotherGeneration() {
        RouterSession before = given.session();
        String server = given.server(before, "START TRANSACTION READ ONLY");
        given.context.transaction(Transaction.READ_ONLY);
        given.server(before, READ);
        RouterSession after = given.router().open(given.context);
        after.importState(before.exportState());
        before.close();
        for (int i = 0; i < 4; i++) {
            assertThat(given.server(after, READ)).isEqualTo(server);
        }
        given.context.transaction(Transaction.NONE);
        assertThat(given.server(after, WRITE)).isEqualTo("m");
        assertThat(given.module.count("m.sessions")).isEqualTo(1);
        assertThat(given.module.count("sessions_ended")).isZero();
        given.server(after, "SET TRANSACTION READ ONLY");
        RouterSession last = given.router().open(given.context);
        last.importState(after.exportState());
        assertThat(given.server(last, READ)).isEqualTo("m");
        assertThat(given.server(last, READ)).isNotEqualTo("m");
    }

    @Test
    void shouldKeepThePrimaryOfTheGenerationBefore() {
        RouterSession before = given.session("master_reconnection", "false");
        given.s1.set(MASTER, RUNNING);
        given.m.connections(90);
        RouterSession after = given.router("master_reconnection", "false").open(given.context);
        after.importState(before.exportState());
        assertThat(given.server(after, WRITE)).isEqualTo("m");
    }
}
