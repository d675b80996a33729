package org.penstock.core.session.state;

import org.penstock.api.statement.Statement;
import org.penstock.api.statement.Transaction;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;
import org.penstock.wire.ServerStatus;

/**
 * The transaction of a session: what its commands say when they are sent, and what the server's status flags make of it.
 *
 * <p>Read only is what was said to be so in a way that every server of the session has: START TRANSACTION READ ONLY, or the session's default. What SET
 * TRANSACTION made read only for once is so on one server alone, and counts as one that writes.
 */
public final class TransactionState {
    private static final int OPEN = 1;
    private static final int READ_ONLY = 1 << 1;
    private static final int NO_AUTOCOMMIT = 1 << 2;
    private static final int DEFAULT_READ_ONLY = 1 << 3;
    private static final int NEXT_READ_ONLY = 1 << 4;
    private static final int NEXT_READ_WRITE = 1 << 5;
    private static final int NEXT_IS_SET = 1 << 6;
    private static final int NEXT = NEXT_READ_ONLY | NEXT_READ_WRITE | NEXT_IS_SET;

    /** All that is known, as bits: a value to go back to. */
    private int bits;

    /** The transaction that the next command finds. */
    public Transaction current() {
        if (is(OPEN)) {
            return is(READ_ONLY) ? Transaction.READ_ONLY : Transaction.READ_WRITE;
        }
        if (is(NO_AUTOCOMMIT)) {
            return beginsReadOnly() ? Transaction.READ_ONLY : Transaction.READ_WRITE;
        }
        return Transaction.NONE;
    }

    /** Whether a transaction was begun, or may have been. */
    public boolean open() {
        return is(OPEN);
    }

    /** Whether SET TRANSACTION has said something that counts for a transaction which has not begun: one server alone knows of it. */
    public boolean nextIsSet() {
        return is(NEXT_IS_SET);
    }

    /** Whether each statement outside of a transaction is committed by itself. */
    public boolean autocommit() {
        return !is(NO_AUTOCOMMIT);
    }

    /** What a statement does to the transaction of this session: one that begins without an access mode has the session's. */
    public TransactionEffect resolved(TransactionEffect effect) {
        return effect == TransactionEffect.BEGIN && beginsReadOnly() ? TransactionEffect.BEGIN_READ_ONLY : effect;
    }

    private boolean beginsReadOnly() {
        return is(DEFAULT_READ_ONLY) && !is(NEXT_READ_ONLY | NEXT_READ_WRITE);
    }

    private boolean is(int some) {
        return (bits & some) != 0;
    }

    private void set(int some, boolean on) {
        bits = on ? bits | some : bits & ~some;
    }

    /** A statement was sent; {@code effect} is its {@link #resolved} one. */
    public void sent(TransactionEffect effect, Statement statement) {
        access(statement);
        switch (effect) {
            case NONE, UNKNOWN -> {}
            case BEGIN, BEGIN_READ_WRITE -> begin(false);
            case BEGIN_READ_ONLY -> begin(true);
            case END -> end();
            case END_AND_BEGIN -> {
                boolean readOnly = is(OPEN) ? is(READ_ONLY) : beginsReadOnly();
                begin(readOnly);
            }
            case AUTOCOMMIT_OFF -> set(NO_AUTOCOMMIT, true);
            case AUTOCOMMIT_ON -> {
                if (is(NO_AUTOCOMMIT)) {
                    end();
                }
                set(NO_AUTOCOMMIT, false);
            }
        }
    }

    /** SET TRANSACTION, for the session or once. */
    private void access(Statement statement) {
        set(NEXT_IS_SET, is(NEXT_IS_SET) || statement.is(Types.NEXT_TRX));
        if (!statement.is(Types.READONLY | Types.READWRITE)) {
            return;
        }
        boolean readOnly = statement.is(Types.READONLY);
        if (statement.is(Types.NEXT_TRX)) {
            set(NEXT_READ_ONLY, readOnly);
            set(NEXT_READ_WRITE, !readOnly);
        } else if (statement.is(Types.SESSION_WRITE) && !statement.is(Types.GSYSVAR_WRITE)) {
            set(DEFAULT_READ_ONLY, readOnly);
        }
    }

    private void begin(boolean readOnly) {
        set(NEXT, false);
        set(OPEN, true);
        set(READ_ONLY, readOnly);
    }

    private void end() {
        set(OPEN | READ_ONLY | NEXT, false);
    }

    /** A statement succeeded: outside of a transaction a change of data is one of its own, and uses up what SET TRANSACTION said. */
    public void succeeded(Statement statement) {
        boolean changes =
                switch (statement.operation()) {
                    case INSERT, UPDATE, DELETE -> true;
                    default -> false;
                };
        if (changes && current() == Transaction.NONE && !statement.is(Types.PREPARE_STMT)) {
            set(NEXT, false);
        }
    }

    /** The reply to the last command sent ended with these status flags, of the server that has the transaction if there is one. */
    public void confirmed(int status) {
        boolean inTransaction = (status & ServerStatus.IN_TRANS) != 0;
        boolean readOnly = (status & ServerStatus.IN_TRANS_READONLY) != 0;
        set(NO_AUTOCOMMIT, (status & ServerStatus.AUTOCOMMIT) == 0);
        if (inTransaction && !is(OPEN)) {
            set(OPEN, true);
            set(READ_ONLY, is(NO_AUTOCOMMIT) && beginsReadOnly() && readOnly);
        } else if (inTransaction) {
            set(READ_ONLY, is(READ_ONLY) && readOnly);
        } else if (is(OPEN)) {
            end();
        }
    }

    /** What only the server knows failed, and it did not say where the transaction stands: there may be one. */
    public void uncertain() {
        set(OPEN, true);
        set(READ_ONLY, false);
    }

    /** The server that had it is gone. */
    public void lost() {
        set(OPEN | READ_ONLY, false);
    }

    /** The session begins anew. */
    public void clear() {
        bits = 0;
    }

    /** What is known now, to be restored when a command fails. */
    public int saved() {
        return bits;
    }

    public void restore(int saved) {
        bits = saved;
    }

    @Override
    public String toString() {
        String text =
                switch (current()) {
                    case NONE -> "none";
                    case READ_WRITE -> "read write";
                    case READ_ONLY -> "read only";
                };
        return text + (autocommit() ? "" : ", autocommit off");
    }
}
