package org.penstock.router.readwritesplit;

/** What kind of target a statement has. */
enum Target {
    /** The session's primary. */
    PRIMARY,
    /** The replica that is best at present; the primary where there is none. */
    REPLICA,
    /** The replica that is best, for a whole transaction. */
    REPLICA_FOR_TRANSACTION,
    /** The primary, at the end of a read-only transaction that the statement ends without saying so. */
    PRIMARY_LEAVING_TRANSACTION,
    /** The server of the open transaction. */
    TRANSACTION,
    /** The server that the session stays with. */
    PINNED,
    /** The server of the previous statement. */
    PREVIOUS,
    /** Every server of the session. */
    ALL
}
