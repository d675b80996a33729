package org.penstock.itests.ledger;

import java.sql.SQLException;
import java.util.Set;
import org.penstock.servers.EmbeddedCluster;

/** What is done to the servers below the clients, and which errors may end a session because of it: every other one is a session lost. */
enum LedgerScene {
    /** Replicas come and go: a session ends only with the replica that alone had what it asks for. */
    REPLICAS("max_slave_replication_lag=2\n") {
        @Override
        boolean excuses(LedgerStep step, LedgerSession session, SQLException e) {
            return switch (step) {
                case READ_ONLY_TRANSACTION -> e.getErrorCode() == CLOSED;
                case FOUND_ROWS -> e.getErrorCode() == CLOSED || e.getErrorCode() == PREVIOUS_LOST;
                default -> false;
            };
        }

        @Override
        Disturbance disturbance(EmbeddedCluster cluster) {
            return new ReplicaDisturbance(cluster);
        }
    },

    /** The primary is killed, paused and moved: what needs it is refused, or its outcome is not known; reads go on, whatever the lag, which is not known then. */
    PRIMARY("master_failure_mode=error_on_write\n") {
        @Override
        boolean excuses(LedgerStep step, LedgerSession session, SQLException e) {
            return switch (step) {
                // for some ticks of the monitor there may be neither a primary nor a replica
                case OWN_ENTRIES, BALANCE, BEAT -> e.getErrorCode() == NO_SERVER;
                case FOUND_ROWS -> e.getErrorCode() == PREVIOUS_LOST || WITHOUT_PRIMARY.contains(e.getErrorCode());
                default -> WITHOUT_PRIMARY.contains(e.getErrorCode());
            };
        }

        @Override
        Disturbance disturbance(EmbeddedCluster cluster) {
            return new PrimaryDisturbance(cluster);
        }
    };

    /** The server that had the session's transaction, lock or result is gone. */
    private static final int CLOSED = 1927;

    /** The server of the statement before is gone, and with it what that left there. */
    private static final int PREVIOUS_LOST = 1105;

    /** A statement was on its way to a server that is gone. */
    private static final int UNKNOWN_OUTCOME = 2013;

    /** Neither a primary nor a replica is there. */
    private static final int NO_SERVER = 2003;

    /** There is no primary, or it takes no writes: the statement was not executed. */
    static final int REFUSED = 1290;

    private static final Set<Integer> WITHOUT_PRIMARY = Set.of(CLOSED, UNKNOWN_OUTCOME, REFUSED, NO_SERVER);

    /** Further lines of the service's section. */
    final String parameters;

    LedgerScene(String parameters) {
        this.parameters = parameters;
    }

    /** Whether an error may end the session in this step. */
    abstract boolean excuses(LedgerStep step, LedgerSession session, SQLException e);

    abstract Disturbance disturbance(EmbeddedCluster cluster);
}
