package org.penstock.router.readwritesplit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.api.server.ServerStatus.MAINTENANCE;
import static org.penstock.api.server.ServerStatus.MASTER;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterSession;
import org.penstock.api.statement.Transaction;

/** Sessions that have not connected everything yet, and those that begin anew in another generation. */
class BeginningTest {
    private static final String READ = "SELECT a FROM t";

    private final Given given = new Given();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "SET autocommit=0",
                "SET autocommit=@a",
            })
    void shouldConnectThePrimaryOfALazySessionForWhatTheSessionStaysWith(String sql) {
        assertThat(given.query(given.session("lazy_connect", "true"), sql)).isEqualTo(Route.toAll("m"));
    }

    @Test
    void shouldTakeAReplicaForThatWhereThereIsNoPrimary() {
        RouterSession session = given.session("lazy_connect", "true");
        given.m.set(MASTER);
        assertThat(given.query(session, "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
                .isIn(Route.toAll("s1"), Route.toAll("s2"));
    }

    @Test
    void shouldKeepTheReplicaOfAReadOnlyTransactionWhileThereIsNoPrimary() {
        RouterSession session = given.session("lazy_connect", "true", "master_failure_mode", "error_on_write");
        String server = given.server(session, "START TRANSACTION READ ONLY");
        given.context.transaction(Transaction.READ_ONLY);
        given.server(session, READ);
        given.m.set(MASTER);
        assertThat(given.query(session, "BEGIN")).isEqualTo(Route.fail(Errors.NO_WRITES));
        assertThat(given.context.connected()).containsExactly(server);
        assertThat(given.server(session, READ)).isEqualTo(server);
    }

    private RouterSession moved(RouterSession before, String... parameters) {
        RouterSession after = given.router(parameters).open(given.context);
        after.importState(before.exportState());
        before.close();
        return after;
    }

    @Test
    void shouldGoOnWithoutItsOnlyConnectionInAnotherGeneration() {
        RouterSession session = given.session("slave_connections", "0");
        given.server(session, READ);
        given.context.lost("s1").lost("s2");
        RouterSession after = moved(session, "slave_connections", "0");
        given.context.lost("m");
        assertThat(after.onConnectionLost(given.m, false)).isEqualTo(OnLoss.GO_ON);
        assertThat(given.server(after, READ)).isIn("s1", "s2");
    }

    @Test
    void shouldNotBeginWithoutAConnectionInAnotherGeneration() {
        RouterSession after = moved(given.session());
        given.context.lost("m").lost("s1").lost("s2");
        assertThat(after.onConnectionLost(given.s2, false)).isEqualTo(OnLoss.CLOSE);
    }

    @Test
    void shouldCountForTheSessionOverGenerations() {
        RouterSession session = given.session();
        given.query(session, READ);
        given.query(session, "INSERT INTO t VALUES (1)");
        given.query(session, "SET @a = 1");
        RouterSession after = moved(session);
        given.query(after, "BEGIN");
        given.query(after, "START TRANSACTION READ ONLY");
        assertThat(after.counts())
                .containsEntry("route_master", 2L)
                .containsEntry("route_slave", 2L)
                .containsEntry("route_all", 1L)
                .containsEntry("rw_transactions", 1L)
                .containsEntry("ro_transactions", 1L)
                .containsEntry("retried_reads", 0L);
        assertThat(given.session().counts().values()).containsOnly(0L);
    }

    @Test
    void shouldGiveUpWhatWasStaleInTheGenerationBefore() {
        RouterSession before = given.session();
        String server = given.server(before, "START TRANSACTION READ ONLY");
        given.context.transaction(Transaction.READ_ONLY);
        given.server(before, READ);
        (server.equals("s1") ? given.s1 : given.s2).add(MAINTENANCE);
        before.onServersChanged();
        RouterSession after = moved(before);
        assertThat(given.server(after, "COMMIT")).isEqualTo(server);
        given.context.transaction(Transaction.NONE);
        given.server(after, READ);
        assertThat(given.context.connected()).doesNotContain(server);
    }
}
