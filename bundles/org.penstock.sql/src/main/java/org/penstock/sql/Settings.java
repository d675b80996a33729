package org.penstock.sql;

import java.nio.charset.StandardCharsets;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;

/** Rules of SET and USE. */
final class Settings {

    /** {@code @@x}: of the properties of transactions, those of the next one; of all others, the session's. */
    private static final int NO_SCOPE = 0;

    private static final int SESSION = 1;
    private static final int GLOBAL = 2;
    private static final byte[] SERIALIZABLE = "SERIALIZABLE".getBytes(StandardCharsets.US_ASCII);

    private final Tokenizer t;
    private final Body body;
    private Classification out = new Classification();
    /** What an assignment without a scope is of: the last one that was said. */
    private int scope;

    private boolean single;
    private int valueKind;
    private int valueStart;
    private int valueEnd;
    private int valueId;

    Settings(Tokenizer tokenizer, Body body) {
        this.t = tokenizer;
        this.body = body;
    }

    /** Whether the verb is one of this class; {@code inner} classifies the statement inside SET STATEMENT. */
    boolean apply(int id, Classification result, Runnable inner) {
        out = result;
        if (id == Keyword.USE) {
            result.operation = Operation.CHANGE_DB;
            result.types |= Types.SESSION_WRITE;
            t.next();
            return true;
        }
        if (id != Keyword.SET) {
            return false;
        }
        result.operation = Operation.SET;
        result.flags |= Flags.LITERAL_SENSITIVE;
        int k = t.next();
        if (k == Token.WORD && t.id() == Keyword.STATEMENT) {
            statement(inner);
        } else if (k != Token.WORD || !special()) {
            list();
        }
        return true;
    }

    private void statement(Runnable inner) {
        int k = t.next();
        while (k != Token.END && k != ';' && !(k == Token.WORD && t.id() == Keyword.FOR)) {
            body.note(k);
            k = k == '(' ? bracket() : t.next();
        }
        if (k != Token.WORD) {
            out.types |= Types.WRITE;
            return;
        }
        t.next();
        inner.run();
    }

    private int bracket() {
        body.walkBracket();
        return t.next();
    }

    /** The forms that are no assignment lists. */
    private boolean special() {
        switch (t.id()) {
            case Keyword.PASSWORD -> {
                out.types |= Types.WRITE;
                out.flags |= Flags.COMMITS;
                t.next();
            }
            case Keyword.DEFAULT -> {
                out.types |= Types.WRITE;
                out.flags |= Flags.COMMITS;
            }
            case Keyword.ROLE, Keyword.RESOURCE -> {
                out.types |= Types.SESSION_WRITE;
                t.next();
            }
            case Keyword.TRANSACTION -> transaction(NO_SCOPE);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The current token is TRANSACTION. */
    private void transaction(int scope) {
        out.operation = Operation.SET_TRANSACTION;
        out.types |= switch (scope) {
            case GLOBAL -> Types.GSYSVAR_WRITE;
            case SESSION -> Types.SESSION_WRITE;
            default -> Types.NEXT_TRX;
        };
        int k = t.next();
        while (k != Token.END && k != ';') {
            if (k == Token.WORD && scope == SESSION && level()) {
                isolation(Token.WORD, t.start);
            }
            if (k == Token.WORD && before(Keyword.READ)) {
                if (t.id() == Keyword.ONLY) {
                    out.types |= Types.READONLY;
                } else if (t.id() == Keyword.WRITE) {
                    out.types |= Types.READWRITE;
                }
            }
            k = t.next();
        }
    }

    /** Whether the current token is behind ISOLATION LEVEL. */
    private boolean level() {
        return t.before2 == Token.WORD && (t.before2Word & Vocabulary.ID) == Keyword.ISOLATION;
    }

    /** The session's isolation level: SERIALIZABLE, and what only the server knows, keeps it where it is. */
    private void isolation(int kind, int start) {
        int from = kind == Token.STRING ? start + 1 : start;
        boolean known = kind == Token.STRING || kind == Token.WORD;
        out.pin = Pin.SERIALIZABLE;
        if (known && !SystemVariable.same(SERIALIZABLE, t.in, from)) {
            out.flags |= Flags.UNPINS;
        }
    }

    private boolean before(int id) {
        return t.before == Token.WORD && (t.beforeWord & Vocabulary.ID) == id;
    }

    /** {@code target = value, ...} from the current token on; ends at the delimiter or the end. */
    private void list() {
        scope = SESSION;
        for (; ; ) {
            if (!assignment()) {
                break;
            }
            if (t.kind != ',') {
                break;
            }
            t.next();
        }
        boolean others = out.is(Types.SESSION_WRITE | Types.USERVAR_WRITE | Types.GSYSVAR_WRITE);
        if (out.is(Types.WRITE | Types.MASTER_READ) || (others && out.is(Types.NEXT_TRX))) {
            out.flags |= Flags.SET_WITH_EFFECTS;
            out.types |= Types.WRITE;
        } else if (out.has(Flags.RELATES_TO_PREVIOUS | Flags.DIAGNOSTICS)) {
            out.flags |= Flags.SET_WITH_EFFECTS;
        }
    }

    /** False when it was something else than an assignment that took the rest. */
    private boolean assignment() {
        int k = t.kind;
        if (k == Token.VARIABLE) {
            out.types |= Types.USERVAR_WRITE;
            t.next();
            value();
            return true;
        }
        if (k == Token.SYSTEM_VARIABLE) {
            systemVariable();
            return true;
        }
        if (k != Token.WORD && k != Token.NAME) {
            out.types |= Types.WRITE;
            return false;
        }
        int said = scope(t.id());
        if (said != NO_SCOPE) {
            scope = said;
            k = t.next();
            if (k == Token.WORD && t.id() == Keyword.TRANSACTION) {
                transaction(scope);
                return false;
            }
        }
        set(scope, t.start, t.end);
        return true;
    }

    private static int scope(int id) {
        return switch (id) {
            case Keyword.GLOBAL, Keyword.PERSIST, Keyword.PERSIST_ONLY -> GLOBAL;
            case Keyword.SESSION, Keyword.LOCAL -> SESSION;
            default -> NO_SCOPE;
        };
    }

    private void systemVariable() {
        byte[] in = t.in;
        int p = t.start + 2;
        int q = wordEnd(in, p, t.end);
        int own = scope(t.vocabulary().find(in, p, q - p) & Vocabulary.ID);
        set(own, own == NO_SCOPE ? p : q + 1, t.end);
    }

    private static int wordEnd(byte[] in, int from, int end) {
        int q = from;
        while (q < end && ByteClass.inWord(in[q])) {
            q++;
        }
        return q;
    }

    /** The variable's name lies from {@code start} to {@code end}, with the quotes it was given. */
    private void set(int of, int start, int end) {
        boolean quoted = start < end && (t.in[start] == '`' || t.in[start] == '"');
        SystemVariable variable = SystemVariable.of(
                t.in, quoted ? start + 1 : start, Math.max(0, quoted ? end - start - 2 : end - start));
        t.next();
        value();
        if (of == GLOBAL && !variable.hasNoScope()) {
            out.types |= Types.SESSION_WRITE | Types.GSYSVAR_WRITE;
            return;
        }
        switch (variable) {
            case AUTOCOMMIT -> autocommit();
            case NEXT_ACCESS -> {
                int on = truth();
                // what only the server knows does not let a transaction go to a replica
                out.types |= on > 0 ? Types.READONLY : Types.READWRITE;
                out.types |= of == NO_SCOPE ? Types.NEXT_TRX : Types.SESSION_WRITE;
            }
            case NEXT_ISOLATION -> {
                out.types |= of == NO_SCOPE ? Types.NEXT_TRX : Types.SESSION_WRITE;
                if (of == SESSION) {
                    isolation(single ? valueKind : Token.END, valueStart);
                }
            }
            case READING, NAMES -> {
                out.types |= Types.SESSION_WRITE;
                out.flags |= Flags.CHANGES_READING;
            }
            default -> out.types |= Types.SESSION_WRITE;
        }
    }

    private void autocommit() {
        out.types |= Types.SESSION_WRITE;
        switch (truth()) {
            case 0 -> {
                out.types |= Types.DISABLE_AUTOCOMMIT | Types.BEGIN_TRX;
                out.effect = TransactionEffect.AUTOCOMMIT_OFF;
            }
            case 1 -> {
                out.types |= Types.ENABLE_AUTOCOMMIT | Types.COMMIT;
                out.effect = TransactionEffect.AUTOCOMMIT_ON;
            }
            default -> out.effect = TransactionEffect.UNKNOWN;
        }
    }

    /** The value that was just read as a switch: 1, 0, or -1 when only the server knows. */
    private int truth() {
        if (!single) {
            return -1;
        }
        int start = valueKind == Token.STRING ? valueStart + 1 : valueStart;
        int length = valueKind == Token.STRING ? valueEnd - valueStart - 2 : valueEnd - valueStart;
        if ((length == 1 && t.in[start] == '0') || valueId == Keyword.OFF || valueId == Keyword.FALSE) {
            return 0;
        }
        boolean on = length == 1 && t.in[start] == '1';
        if (on || valueId == Keyword.ON || valueId == Keyword.TRUE) {
            return 1;
        }
        if (valueKind == Token.STRING) {
            int word = t.vocabulary().find(t.in, start, Math.max(0, length)) & Vocabulary.ID;
            return word == Keyword.ON ? 1 : word == Keyword.OFF ? 0 : -1;
        }
        return -1;
    }

    /** Reads from the current token to the comma or the end. */
    private void value() {
        int k = t.kind;
        if (k == '=' || k == Token.ASSIGN) {
            k = t.next();
        }
        valueKind = k;
        valueStart = t.start;
        valueEnd = t.end;
        valueId = k == Token.WORD ? t.id() : 0;
        int tokens = 0;
        while (k != Token.END && k != ';' && k != ',') {
            tokens++;
            body.note(k);
            k = k == '(' ? bracket() : t.next();
        }
        single = tokens == 1;
    }
}
