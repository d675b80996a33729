package org.penstock.sql;

import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;

/** Begins a statement: finds its verb and hands over to the rules of that verb. */
final class Verbs {

    private static final int MAX_PREFIXES = 8;
    /** The MySQL version that got the statement TABLE. */
    private static final int TABLE_STATEMENT = 80_019;

    private final Tokenizer t;
    private final Body body;
    private final Settings settings;
    private final Transactions transactions;
    private final Definitions definitions;
    private final Administration administration;
    private Classification out = new Classification();
    private final Runnable inner = this::inner;
    private int prefixes;

    Verbs(Tokenizer tokenizer) {
        t = tokenizer;
        body = new Body(tokenizer);
        settings = new Settings(tokenizer, body);
        transactions = new Transactions(tokenizer);
        definitions = new Definitions(tokenizer);
        administration = new Administration(tokenizer);
    }

    void classify(Classification result) {
        out = result;
        prefixes = 0;
        body.start(result);
        int k = t.next();
        while (k == ';') {
            k = t.next();
        }
        if (k == Token.END) {
            out.flags |= Flags.EMPTY;
            return;
        }
        statement(k);
        body.compound = out.has(Flags.COMPOUND);
        int rest = body.walk(t.kind);
        while (rest == ';') {
            rest = t.next();
        }
        if (rest != Token.END) {
            several(rest);
        }
        body.end();
    }

    /** A second statement: the first one's class does not say what this packet does. */
    private void several(int first) {
        out.types |= Types.WRITE;
        out.flags |= Flags.MULTI_STATEMENT | Flags.LITERAL_SENSITIVE;
        out.effect = TransactionEffect.UNKNOWN;
        out.pin = Pin.MULTI_STATEMENT;
        int k = first;
        while (k != Token.END) {
            k = body.walk(k);
            if (k == ';') {
                k = t.next();
            }
        }
    }

    /** Applies the rules of the verb at the current token. */
    private void statement(int first) {
        int k = first;
        while (k == '(') {
            k = t.next();
        }
        if (k == '<' && t.dialect().is(SqlMode.ORACLE)) {
            block();
            return;
        }
        if (k != Token.WORD) {
            unknown();
            return;
        }
        int id = t.id();
        if (!data(id)
                && !settings.apply(id, out, inner)
                && !transactions.apply(id, out)
                && !definitions.apply(id, out)
                && !administration.apply(id, out)
                && !blocks(id)) {
            unknown();
        }
    }

    /** The statement inside another one: SET STATEMENT ... FOR, EXPLAIN, ANALYZE. */
    private void inner() {
        if (++prefixes > MAX_PREFIXES) {
            unknown();
        } else {
            statement(t.kind);
        }
    }

    private void unknown() {
        out.types |= Types.WRITE;
        out.flags |= Flags.UNKNOWN_VERB;
        if (t.kind == Token.WORD || t.kind == Token.NAME) {
            int k = t.next();
            if (k == ':') {
                block();
            }
        }
    }

    private void is(Operation operation, int types) {
        out.operation = operation;
        out.types |= types;
    }

    private boolean data(int id) {
        switch (id) {
            case Keyword.SELECT, Keyword.VALUES -> is(Operation.SELECT, Types.READ);
            case Keyword.TABLE -> {
                boolean known = t.dialect().family() == ServerFamily.MYSQL
                        && t.dialect().version() >= TABLE_STATEMENT;
                is(Operation.SELECT, known ? Types.READ : Types.WRITE);
            }
            case Keyword.WITH -> {
                with();
                return true;
            }
            case Keyword.INSERT, Keyword.REPLACE -> is(Operation.INSERT, Types.WRITE);
            case Keyword.UPDATE -> is(Operation.UPDATE, Types.WRITE);
            case Keyword.DELETE -> is(Operation.DELETE, Types.WRITE);
            case Keyword.EXPLAIN, Keyword.DESC, Keyword.DESCRIBE -> {
                explain();
                return true;
            }
            case Keyword.ANALYZE -> {
                analyze();
                return true;
            }
            case Keyword.CALL -> {
                is(Operation.CALL, Types.WRITE);
                out.pin = Pin.CALL;
                out.effect = TransactionEffect.UNKNOWN;
            }
            case Keyword.DO -> is(Operation.UNDEFINED, Types.WRITE);
            case Keyword.LOAD -> {
                t.next();
                load();
                return true;
            }
            default -> {
                return false;
            }
        }
        t.next();
        return true;
    }

    private void load() {
        is(Operation.LOAD, Types.WRITE);
        out.flags |= Flags.LITERAL_SENSITIVE;
        int k = t.kind;
        while (k == Token.WORD && t.id() != Keyword.INTO) {
            if (t.id() == Keyword.LOCAL) {
                out.operation = Operation.LOAD_LOCAL;
            }
            k = t.next();
        }
    }

    /** The verb behind the list of common tables decides; their names are not calls. */
    private void with() {
        int k;
        do {
            k = t.next();
            if (k == Token.WORD && t.id() == Keyword.RECURSIVE) {
                k = t.next();
            }
            if (k != Token.WORD && k != Token.NAME) {
                out.types |= Types.WRITE;
                return;
            }
            k = t.next();
            while (k != Token.END && k != ';' && !(k == Token.WORD && t.id() == Keyword.AS)) {
                k = t.next();
            }
            k = k == Token.WORD ? t.next() : k;
            if (k == '(') {
                body.walkBracket();
                k = t.next();
            }
        } while (k == ',');
        // CYCLE ... RESTRICT
        while (k != Token.END && k != ';' && k != '(' && !(k == Token.WORD && isVerb(t.id()))) {
            k = t.next();
        }
        inner();
    }

    private void explain() {
        is(Operation.EXPLAIN, Types.READ);
        int k = options();
        if (k == '(' || (k == Token.WORD && (isVerb(t.id()) || t.id() == Keyword.WITH))) {
            inner();
            out.operation = Operation.EXPLAIN;
        } else if (k == Token.WORD && t.id() == Keyword.FOR) {
            out.types |= Types.WRITE;
        }
    }

    private void analyze() {
        int k = options();
        if (k == '(' || (k == Token.WORD && t.id() != Keyword.TABLE && (isVerb(t.id()) || t.id() == Keyword.WITH))) {
            inner();
        } else {
            out.types |= Types.WRITE;
            out.flags |= Flags.COMMITS;
        }
    }

    /** Passes over EXTENDED, PARTITIONS, ANALYZE and FORMAT = x. */
    private int options() {
        int k = t.next();
        while (k == Token.WORD) {
            switch (t.id()) {
                case Keyword.EXTENDED, Keyword.PARTITIONS, Keyword.ANALYZE -> k = t.next();
                case Keyword.FORMAT -> {
                    k = t.next();
                    if (k == '=') {
                        t.next();
                        k = t.next();
                    }
                }
                default -> {
                    return k;
                }
            }
        }
        return k;
    }

    private boolean blocks(int id) {
        switch (id) {
            case Keyword.IF,
                    Keyword.LOOP,
                    Keyword.WHILE,
                    Keyword.FOR,
                    Keyword.CASE,
                    Keyword.REPEAT,
                    Keyword.DECLARE -> {
                t.next();
                block();
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private void block() {
        out.types |= Types.WRITE;
        out.flags = (out.flags & ~Flags.UNKNOWN_VERB) | Flags.COMPOUND | Flags.LITERAL_SENSITIVE;
        out.effect = TransactionEffect.UNKNOWN;
        out.pin = Pin.COMPOUND;
    }

    private static boolean isVerb(int id) {
        return switch (id) {
            case Keyword.SELECT,
                    Keyword.VALUES,
                    Keyword.UPDATE,
                    Keyword.DELETE,
                    Keyword.INSERT,
                    Keyword.REPLACE,
                    Keyword.TABLE -> true;
            default -> false;
        };
    }
}
