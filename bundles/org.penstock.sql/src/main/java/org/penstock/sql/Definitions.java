package org.penstock.sql;

import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Types;

/** Rules of CREATE, ALTER, DROP and their kin: all of them writes. */
final class Definitions {

    private final Tokenizer t;
    private Classification out = new Classification();

    Definitions(Tokenizer tokenizer) {
        t = tokenizer;
    }

    boolean apply(int id, Classification result) {
        out = result;
        switch (id) {
            case Keyword.CREATE -> create();
            case Keyword.ALTER -> alter();
            case Keyword.DROP -> drop();
            case Keyword.RENAME -> plain(Operation.ALTER);
            case Keyword.TRUNCATE -> plain(Operation.TRUNCATE);
            case Keyword.GRANT -> plain(Operation.GRANT);
            case Keyword.REVOKE -> plain(Operation.REVOKE);
            default -> {
                return false;
            }
        }
        // a MySQL refuses them in a READ ONLY transaction
        if (out.is(Types.WRITE) && !out.has(Flags.TEMPORARY) && t.dialect().family() == ServerFamily.MARIADB) {
            out.flags |= Flags.COMMITS;
        }
        return true;
    }

    private void plain(Operation operation) {
        out.operation = operation;
        out.types |= Types.WRITE;
        t.next();
    }

    private void create() {
        out.operation = Operation.CREATE;
        out.types |= Types.WRITE;
        int k = t.next();
        while (k != Token.END && k != ';' && k != '(') {
            if (k == Token.WORD && created(t.id())) {
                t.next();
                return;
            }
            k = t.next();
        }
    }

    /** Whether the word names the kind of thing, after which nothing about the kind follows. */
    private boolean created(int id) {
        switch (id) {
            case Keyword.TABLE -> {
                out.operation = Operation.CREATE_TABLE;
                if (out.has(Flags.TEMPORARY)) {
                    out.types |= Types.CREATE_TMP_TABLE;
                }
            }
            case Keyword.USER -> out.operation = Operation.CREATE_USER;
            case Keyword.ROLE -> out.operation = Operation.CREATE_ROLE;
            case Keyword.PROCEDURE, Keyword.FUNCTION, Keyword.TRIGGER, Keyword.EVENT, Keyword.PACKAGE -> body();
            case Keyword.TEMPORARY -> {
                out.flags |= Flags.TEMPORARY;
                return false;
            }
            case Keyword.VIEW,
                    Keyword.INDEX,
                    Keyword.DATABASE,
                    Keyword.SCHEMA,
                    Keyword.SEQUENCE,
                    Keyword.TABLESPACE -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private void body() {
        out.flags |= Flags.COMPOUND | Flags.LITERAL_SENSITIVE;
    }

    private void alter() {
        out.operation = Operation.ALTER;
        out.types |= Types.WRITE;
        int k = t.next();
        while (k != Token.END && k != ';' && k != '(') {
            if (k == Token.WORD) {
                if (t.id() == Keyword.TABLE) {
                    out.operation = Operation.ALTER_TABLE;
                    return;
                }
                if (t.id() == Keyword.EVENT || t.id() == Keyword.PACKAGE) {
                    body();
                    return;
                }
                if (t.id() == Keyword.VIEW
                        || t.id() == Keyword.USER
                        || t.id() == Keyword.DATABASE
                        || t.id() == Keyword.SEQUENCE) {
                    return;
                }
            }
            k = t.next();
        }
    }

    private void drop() {
        int k = t.next();
        if (k == Token.WORD && t.id() == Keyword.PREPARE) {
            out.types |= Types.DEALLOC_PREPARE;
            t.next();
            return;
        }
        out.operation = Operation.DROP;
        out.types |= Types.WRITE;
        while (k == Token.WORD) {
            if (t.id() == Keyword.TEMPORARY) {
                out.flags |= Flags.TEMPORARY;
            } else if (t.id() == Keyword.TABLE || t.id() == Keyword.TABLES) {
                out.operation = Operation.DROP_TABLE;
                return;
            }
            k = t.next();
        }
    }
}
