package org.penstock.sql;

import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;

/** Rules of transaction control and of locks that outlive a statement. */
final class Transactions {

    private final Tokenizer t;
    private Classification out = new Classification();

    Transactions(Tokenizer tokenizer) {
        t = tokenizer;
    }

    boolean apply(int id, Classification result) {
        out = result;
        switch (id) {
            case Keyword.BEGIN -> begin();
            case Keyword.START -> start();
            case Keyword.COMMIT -> end(Types.COMMIT);
            case Keyword.ROLLBACK -> end(Types.ROLLBACK);
            case Keyword.SAVEPOINT, Keyword.RELEASE -> {
                out.types |= Types.WRITE;
                t.next();
            }
            case Keyword.XA -> xa();
            case Keyword.LOCK -> lock();
            case Keyword.UNLOCK -> {
                out.types |= Types.WRITE;
                unlock();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void begin() {
        int k = t.next();
        boolean bare = k == Token.END || k == ';' || (k == Token.WORD && t.id() == Keyword.WORK);
        boolean block = (k == Token.WORD && t.id() == Keyword.NOT)
                || (!bare && t.dialect().is(SqlMode.ORACLE));
        if (block) {
            out.types |= Types.WRITE;
            out.flags |= Flags.COMPOUND | Flags.LITERAL_SENSITIVE;
            out.effect = TransactionEffect.UNKNOWN;
            out.pin = Pin.COMPOUND;
            return;
        }
        out.types |= Types.BEGIN_TRX;
        out.effect = TransactionEffect.BEGIN;
    }

    private void start() {
        int k = t.next();
        if (k != Token.WORD || t.id() != Keyword.TRANSACTION) {
            out.types |= Types.WRITE;
            return;
        }
        out.types |= Types.BEGIN_TRX;
        out.effect = TransactionEffect.BEGIN;
        k = t.next();
        while (k == Token.WORD || k == ',') {
            if (k == Token.WORD && t.before == Token.WORD && (t.beforeWord & Vocabulary.ID) == Keyword.READ) {
                if (t.id() == Keyword.ONLY) {
                    out.types |= Types.READ;
                    out.effect = TransactionEffect.BEGIN_READ_ONLY;
                } else if (t.id() == Keyword.WRITE) {
                    out.types |= Types.WRITE;
                    out.effect = TransactionEffect.BEGIN_READ_WRITE;
                }
            }
            k = t.next();
        }
    }

    private void end(int type) {
        boolean chain = false;
        boolean negated = false;
        int k = t.next();
        while (k == Token.WORD) {
            switch (t.id()) {
                case Keyword.TO -> {
                    out.types |= Types.WRITE;
                    return;
                }
                case Keyword.NO -> negated = true;
                case Keyword.CHAIN -> {
                    chain = !negated;
                    negated = false;
                }
                case Keyword.RELEASE -> {
                    out.flags |= negated ? 0 : Flags.RELEASE;
                    negated = false;
                }
                default -> {}
            }
            k = t.next();
        }
        out.types |= type | (chain ? Types.BEGIN_TRX : 0);
        out.effect = chain ? TransactionEffect.END_AND_BEGIN : TransactionEffect.END;
    }

    private void xa() {
        out.types |= Types.WRITE;
        out.flags |= Flags.LITERAL_SENSITIVE;
        int k = t.next();
        if (k != Token.WORD) {
            return;
        }
        switch (t.id()) {
            case Keyword.START, Keyword.BEGIN -> {
                out.types |= Types.BEGIN_TRX;
                out.effect = TransactionEffect.BEGIN;
                out.pin = Pin.XA;
            }
            case Keyword.COMMIT, Keyword.ROLLBACK -> {
                out.types |= t.id() == Keyword.COMMIT ? Types.COMMIT : Types.ROLLBACK;
                out.effect = TransactionEffect.END;
                out.flags |= Flags.UNPINS;
                out.pin = Pin.XA;
            }
            default -> {}
        }
        t.next();
    }

    private void lock() {
        out.types |= Types.WRITE;
        int k = t.next();
        boolean tables = k == Token.WORD && (t.id() == Keyword.TABLE || t.id() == Keyword.TABLES);
        out.pin = tables ? Pin.LOCK_TABLES : Pin.BACKUP;
        t.next();
    }

    private void unlock() {
        int k = t.next();
        boolean tables = k == Token.WORD && (t.id() == Keyword.TABLE || t.id() == Keyword.TABLES);
        out.flags |= Flags.UNPINS;
        out.pin = tables ? Pin.LOCK_TABLES : Pin.BACKUP;
        t.next();
    }
}
