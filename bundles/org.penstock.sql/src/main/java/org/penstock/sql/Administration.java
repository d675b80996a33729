package org.penstock.sql;

import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;

/** Rules of SHOW, KILL, FLUSH, prepared statements by name, cursors by HANDLER, and the verbs for operators. */
final class Administration {

    private static final byte[] COUNT = {'C', 'O', 'U', 'N', 'T'};

    private final Tokenizer t;
    private Classification out = new Classification();

    Administration(Tokenizer tokenizer) {
        t = tokenizer;
    }

    boolean apply(int id, Classification result) {
        out = result;
        switch (id) {
            case Keyword.SHOW -> show();
            case Keyword.KILL -> {
                out.operation = Operation.KILL;
                out.types |= Types.WRITE;
                out.flags |= Flags.LITERAL_SENSITIVE;
                t.next();
            }
            case Keyword.PREPARE -> prepare();
            case Keyword.EXECUTE -> execute();
            case Keyword.DEALLOCATE -> {
                out.types |= Types.DEALLOC_PREPARE;
                t.next();
            }
            case Keyword.HELP -> {
                out.types |= Types.READ;
                t.next();
            }
            case Keyword.CHECKSUM -> {
                out.types |= Types.READ;
                t.next();
            }
            case Keyword.GET -> {
                out.types |= Types.READ | Types.USERVAR_WRITE;
                out.flags |= Flags.RELATES_TO_PREVIOUS | Flags.DIAGNOSTICS;
                t.next();
            }
            default -> {
                return known(id);
            }
        }
        return true;
    }

    /** Verbs for the primary, some of which hold something there. */
    private boolean known(int id) {
        switch (id) {
            case Keyword.HANDLER -> {
                handler();
                out.types |= Types.WRITE;
                return true;
            }
            case Keyword.FLUSH -> flush();
            case Keyword.BACKUP -> backup();
            case Keyword.BINLOG,
                    Keyword.CHANGE,
                    Keyword.CHECK,
                    Keyword.OPTIMIZE,
                    Keyword.REPAIR,
                    Keyword.PURGE,
                    Keyword.INSTALL,
                    Keyword.UNINSTALL -> t.next();
            default -> {
                return false;
            }
        }
        out.types |= Types.WRITE;
        out.flags |= Flags.COMMITS;
        return true;
    }

    private void flush() {
        int k = t.next();
        boolean tables = false;
        while (k == Token.WORD || k == Token.NAME || k == ',' || k == '.') {
            tables |= k == Token.WORD && (t.id() == Keyword.TABLE || t.id() == Keyword.TABLES);
            boolean read = k == Token.WORD
                    && t.id() == Keyword.READ
                    && t.before == Token.WORD
                    && (t.beforeWord & Vocabulary.ID) == Keyword.WITH;
            boolean export = k == Token.WORD && t.id() == Keyword.EXPORT;
            if (tables && (read || export)) {
                out.pin = Pin.LOCK_TABLES;
            }
            k = t.next();
        }
    }

    private void backup() {
        int k = t.next();
        boolean ends = k == Token.WORD && t.id() == Keyword.UNLOCK;
        if (k == Token.WORD && t.id() == Keyword.STAGE) {
            k = t.next();
            ends = k == Token.WORD && t.id() == Keyword.END;
        }
        out.flags |= ends ? Flags.UNPINS : 0;
        out.pin = Pin.BACKUP;
    }

    private void handler() {
        int k = t.next();
        while (k == Token.WORD || k == Token.NAME || k == '.') {
            if (k == Token.WORD && t.before != Token.END) {
                if (t.id() == Keyword.OPEN) {
                    out.pin = Pin.HANDLER;
                } else if (t.id() == Keyword.CLOSE) {
                    out.flags |= Flags.UNPINS;
                    out.pin = Pin.HANDLER;
                }
            }
            k = t.next();
        }
    }

    private void prepare() {
        out.types |= Types.PREPARE_NAMED_STMT;
        out.flags |= Flags.LITERAL_SENSITIVE;
        int k = t.next();
        while (k != Token.END && k != ';' && !(k == Token.WORD && t.id() == Keyword.FROM)) {
            k = t.next();
        }
        k = t.next();
        if (k != Token.STRING) {
            out.flags |= Flags.DYNAMIC_TEXT;
        }
    }

    private void execute() {
        out.operation = Operation.EXECUTE;
        out.types |= Types.EXEC_STMT;
        out.flags |= Flags.LITERAL_SENSITIVE;
        int k = t.next();
        if (k == Token.WORD && t.id() == Keyword.IMMEDIATE) {
            out.types |= Types.WRITE;
            out.flags |= Flags.DYNAMIC_TEXT;
            out.effect = TransactionEffect.UNKNOWN;
            t.next();
        }
    }

    private void show() {
        out.operation = Operation.SHOW;
        out.types |= Types.READ;
        int k = t.next();
        boolean global = false;
        while (k == Token.WORD
                && (t.id() == Keyword.FULL
                        || t.id() == Keyword.GLOBAL
                        || t.id() == Keyword.SESSION
                        || t.id() == Keyword.LOCAL)) {
            global |= t.id() == Keyword.GLOBAL;
            k = t.next();
        }
        if (k != Token.WORD) {
            return;
        }
        switch (t.id()) {
            case Keyword.DATABASES, Keyword.SCHEMAS -> out.operation = Operation.SHOW_DATABASES;
            case Keyword.VARIABLES -> out.types |= global ? Types.GSYSVAR_READ : Types.SYSVAR_READ;
            case Keyword.WARNINGS, Keyword.ERRORS -> out.flags |= Flags.DIAGNOSTICS;
            case Keyword.MASTER, Keyword.BINARY, Keyword.BINLOG -> out.types |= Types.WRITE;
            case Keyword.SLAVE, Keyword.REPLICA -> {
                k = t.next();
                if (k == Token.WORD && (t.id() == Keyword.HOSTS || t.id() == Keyword.HOST)) {
                    out.types |= Types.WRITE;
                }
            }
            default -> {
                if (count()) {
                    out.flags |= Flags.DIAGNOSTICS;
                }
            }
        }
    }

    /** SHOW COUNT(*) WARNINGS or ERRORS. */
    private boolean count() {
        return t.end - t.start == COUNT.length && SystemVariable.same(COUNT, t.in, t.start);
    }
}
