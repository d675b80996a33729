package org.penstock.api.statement;

/** Why a session stays with one server after a statement. */
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
    HANDLER,
    /** The session's transactions are SERIALIZABLE: until another level is set. */
    SERIALIZABLE,
    /** Something changed the session's state on one server alone: a SET whose value differs by server, a procedure, a statement too long to be read. */
    SESSION_STATE
}
