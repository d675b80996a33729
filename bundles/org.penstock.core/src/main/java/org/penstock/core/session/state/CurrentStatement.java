package org.penstock.core.session.state;

import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;

/** What the command being decided is; filled again for each command. */
public final class CurrentStatement implements Statement {
    private Operation operation = Operation.UNDEFINED;
    private int types;
    private int flags;
    private TransactionEffect effect = TransactionEffect.NONE;
    private Pin pin = Pin.NONE;
    private int hintStart = -1;
    private int hintEnd = -1;

    public void set(Statement other) {
        operation = other.operation();
        types = other.types();
        flags = other.flags();
        effect = other.transactionEffect();
        pin = other.pin();
        hintStart = other.hintStart();
        hintEnd = other.hintEnd();
    }

    /** Adds bits of the type mask. */
    public void addTypes(int bits) {
        types |= bits;
    }

    /** Takes bits out of the type mask. */
    public void removeTypes(int bits) {
        types &= ~bits;
    }

    public void addFlags(int bits) {
        flags |= bits;
    }

    /** It is prepared, not executed: it does nothing to the session yet. */
    public void prepares() {
        types |= Types.PREPARE_STMT;
        flags &= ~(Flags.UNPINS | Flags.CHANGES_READING | Flags.TEMPORARY | Flags.SET_WITH_EFFECTS);
        effect = TransactionEffect.NONE;
        pin = Pin.NONE;
    }

    public void effect(TransactionEffect other) {
        effect = other;
    }

    @Override
    public Operation operation() {
        return operation;
    }

    @Override
    public int types() {
        return types;
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public TransactionEffect transactionEffect() {
        return effect;
    }

    @Override
    public Pin pin() {
        return pin;
    }

    @Override
    public int hintStart() {
        return hintStart;
    }

    @Override
    public int hintEnd() {
        return hintEnd;
    }
}
