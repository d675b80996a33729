package org.penstock.router.readwritesplit;

import org.penstock.api.error.SqlError;
import org.penstock.api.router.Route;

/** What clients are told. */
final class Errors {
    /** ER_CONNECTION_KILLED, with the SQLSTATE by which drivers know that the connection is gone. */
    private static final int KILLED = 1927;

    private static final int READ_ONLY = 1290;
    private static final int UNREACHABLE = 2003;
    private static final int NOT_SUPPORTED = 1235;
    private static final int NOT_CREATED = 1815;
    private static final int LOST = 2013;
    private static final String GENERAL_STATE = "HY000";
    private static final String NOBODY = "no server is available that could be used";
    private static final String LINK_STATE = "08S01";

    /** A write while there is no primary and {@code master_failure_mode=error_on_write}; the server's own words for a server that takes no writes. */
    static final SqlError NO_WRITES = new SqlError(
            READ_ONLY,
            GENERAL_STATE,
            "The MariaDB server is running with the --read-only option so it cannot execute this statement");

    /** A statement for which there is no server, of a session that goes on. */
    static SqlError refused(String service, Target target) {
        return target == Target.REPLICA || target == Target.REPLICA_FOR_TRANSACTION
                ? new SqlError(UNREACHABLE, GENERAL_STATE, "Service '" + service + "': " + NOBODY)
                : NO_WRITES;
    }

    /** A replication command: a stream of events is no matter of reads and writes. */
    static final Route REPLICATION = Route.fail(new SqlError(
            NOT_SUPPORTED, "42000", "readwritesplit does not serve replication clients; use a readconnroute service"));

    /** A statement about the previous one that another server has executed, or one that is gone. */
    static final Route PREVIOUS_ELSEWHERE = Route.fail(SqlError.general(
            "FOUND_ROWS(), ROW_COUNT(), warnings and diagnostics of the previous statement cannot be had: the connection"
                    + " to its server is gone, or this statement must be executed on another server"));

    /** In a READ ONLY transaction on a replica a statement that may end it and write; code and state of the server's own error for a write there. */
    static final Route UNKNOWN_IN_READ_ONLY = Route.fail(new SqlError(
            1792,
            "25006",
            "Cannot execute statement in a READ ONLY transaction: the transaction is on a replica, and a CALL, a block,"
                    + " several statements in one or a statement that is not known might end it and write there"));

    /** In a READ ONLY transaction on a replica a lock that other sessions look for at the primary. */
    static final Route LOCK_IN_READ_ONLY = Route.fail(new SqlError(
            1792,
            "25006",
            "Cannot execute statement in a READ ONLY transaction: the transaction is on a replica, and GET_LOCK() and its"
                    + " like are for the primary"));

    /** A write in a transaction that came to be on a replica, as when its START TRANSACTION READ ONLY failed and COMMIT AND CHAIN was sent behind it. */
    static final Route WRITE_ON_REPLICA = Route.fail(new SqlError(
            READ_ONLY,
            GENERAL_STATE,
            "The transaction is on a replica, so it cannot execute this statement; end the transaction first"));

    private Errors() {}

    /** A session that cannot begin. */
    static SqlError notCreated(String service) {
        return new SqlError(
                NOT_CREATED,
                GENERAL_STATE,
                "Session creation failed: service '" + service + "' has no usable master and master_failure_mode is"
                        + " fail_instantly");
    }

    /** A statement for which there is no server. */
    static SqlError noServer(String service, Target target) {
        String what =
                switch (target) {
                    case TRANSACTION -> "the server of the open transaction is not available";
                    case PINNED -> "the server that holds this session's state is not available";
                    case REPLICA, REPLICA_FOR_TRANSACTION, ALL -> NOBODY;
                    default -> "no master is available that the session may use";
                };
        return closed(service, what);
    }

    static SqlError primaryLost(String service, String server) {
        return closed(service, "the connection to the master '" + server + "' was lost");
    }

    static SqlError primaryMoved(String service, String server) {
        return closed(service, "server '" + server + "' is no longer the master");
    }

    static SqlError primaryGone(String service) {
        return closed(service, "there is no master any more");
    }

    static SqlError stateLost(String service, String server) {
        return closed(
                service,
                "the connection to server '" + server + "' was lost, with a transaction or state that no"
                        + " other server has");
    }

    static SqlError replyLost(String service, String server) {
        return closed(service, "the connection to server '" + server + "' was lost during a statement");
    }

    /** A statement that was on its way when its server was lost, in a session that goes on. */
    static SqlError unknownOutcome(String server) {
        return new SqlError(
                LOST,
                GENERAL_STATE,
                "Lost connection to server '" + server + "' during query; whether it was executed is not known");
    }

    private static SqlError closed(String service, String why) {
        return new SqlError(KILLED, LINK_STATE, "Service '" + service + "': " + why + "; the connection is closed");
    }
}
