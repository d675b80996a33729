package org.penstock.api.statement;

/** What a statement does to the transaction, as far as its text says. The server's status flags have the last word. */
public enum TransactionEffect {
    NONE,
    BEGIN,
    BEGIN_READ_ONLY,
    BEGIN_READ_WRITE,
    END,
    /** COMMIT or ROLLBACK with AND CHAIN. */
    END_AND_BEGIN,
    /** autocommit is switched off: every following statement is in a transaction. */
    AUTOCOMMIT_OFF,
    /** autocommit is switched on: commits. */
    AUTOCOMMIT_ON,
    /** Known to the server only: several statements, a block, a procedure, autocommit set to an expression. */
    UNKNOWN
}
