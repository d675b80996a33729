package org.penstock.api.statement;

/** The transaction that a session is in. */
public enum Transaction {
    /** None: each statement is committed by itself. */
    NONE,
    READ_WRITE,
    READ_ONLY;

    public boolean open() {
        return this != NONE;
    }
}
