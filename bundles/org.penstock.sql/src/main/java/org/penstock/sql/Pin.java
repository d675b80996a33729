package org.penstock.sql;

/** Why a session may have to stay with the primary after a statement. */
public enum Pin {
    NONE,
    MULTI_STATEMENT,
    /** A block outside a routine. */
    COMPOUND,
    CALL,
    /** Until XA COMMIT or XA ROLLBACK. */
    XA,
    /** LOCK TABLES, FLUSH TABLES WITH READ LOCK or FOR EXPORT, until UNLOCK TABLES. */
    LOCK_TABLES,
    /** BACKUP LOCK and BACKUP STAGE, until they end. */
    BACKUP,
    /** HANDLER ... OPEN, until CLOSE. */
    HANDLER
}
