package org.penstock.sql;

/**
 * Finds what a statement names: tables, columns, functions. Slower than a {@link Classifier} by an order, therefore on demand; tolerant of
 * syntax that it does not know, which lowers the {@link Structure.Grade}. Belongs to one thread.
 */
public final class StructureScanner {

    /** String literals are taken for columns as well: for clients that may use ANSI_QUOTES unnoticed. */
    public static final int STRINGS_AS_FIELDS = 1;

    /** Bytes of a statement beyond which only its beginning is looked at. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final byte[] NO_CANONICAL = new byte[Long.BYTES];
    private static final int MAX_STATEMENTS = 100;

    /** EXPLAIN and SET STATEMENT in front of each other. */
    private static final int MAX_PREFIXES = 8;

    private final Tokenizer t = new Tokenizer();
    private final QueryScan scan = new QueryScan(t);
    private final StructureBuilder builder = new StructureBuilder();
    private int prefixes;

    /** The structure of the statement from {@code from} to {@code to}; {@code options} are bits of this class. */
    public Structure scan(byte[] sql, int from, int to, Dialect dialect, int options) {
        builder.clear();
        int end = Math.min(to, from + MAX_BYTES);
        t.start(sql, from, end, dialect, NO_CANONICAL);
        scan.stringsAsFields = (options & STRINGS_AS_FIELDS) != 0;
        if (end < to) {
            builder.atMost(Structure.Grade.TOKENIZED);
        }
        int k = t.next();
        for (int statements = 0; k != Token.END && statements < MAX_STATEMENTS; statements++) {
            while (k == ';') {
                k = t.next();
            }
            if (k != Token.END) {
                scan.start(builder);
                prefixes = 0;
                k = statement();
            }
        }
        if (k != Token.END) {
            builder.atMost(Structure.Grade.TOKENIZED);
        }
        if (t.unterminated) {
            builder.atMost(Structure.Grade.INVALID);
        }
        return builder.build();
    }

    private int statement() {
        if (++prefixes > MAX_PREFIXES) {
            builder.atMost(Structure.Grade.TOKENIZED);
            return rest();
        }
        if (t.kind == '(') {
            return scan.run();
        }
        if (t.kind != Token.WORD) {
            builder.atMost(Structure.Grade.TOKENIZED);
            return rest();
        }
        switch (t.id()) {
            case Keyword.SELECT, Keyword.WITH, Keyword.VALUES -> {}
            case Keyword.INSERT, Keyword.REPLACE -> {
                t.next();
                scan.words.insert();
            }
            case Keyword.UPDATE -> {
                t.next();
                scan.words.query(Frames.FROM);
            }
            case Keyword.DELETE -> {
                t.next();
                scan.words.delete();
            }
            case Keyword.DO -> {
                t.next();
                scan.words.query(Frames.SELECT_LIST);
            }
            case Keyword.LOAD -> {
                t.next();
                scan.words.query(Frames.OTHER);
            }
            default -> {
                return other();
            }
        }
        return scan.run();
    }

    private int other() {
        switch (t.id()) {
            case Keyword.EXPLAIN, Keyword.DESC, Keyword.DESCRIBE, Keyword.ANALYZE -> {
                return explain();
            }
            case Keyword.CREATE,
                    Keyword.ALTER,
                    Keyword.DROP,
                    Keyword.TRUNCATE,
                    Keyword.RENAME,
                    Keyword.LOCK,
                    Keyword.CHECK,
                    Keyword.CHECKSUM,
                    Keyword.OPTIMIZE,
                    Keyword.REPAIR -> {
                return definition();
            }
            case Keyword.SHOW -> {
                builder.atMost(Structure.Grade.PARTIAL);
                return show();
            }
            case Keyword.SET -> {
                t.next();
                return set();
            }
            case Keyword.USE -> {
                int k = t.next();
                builder.usedDatabase = k == Token.WORD || k == Token.NAME ? NamePath.text(t) : null;
                if (builder.usedDatabase != null) {
                    builder.database(builder.usedDatabase);
                }
                return rest();
            }
            default -> {
                return new NamedStatements(t, builder).read() ? rest() : unknown();
            }
        }
    }

    private int unknown() {
        switch (t.id()) {
            case Keyword.COMMIT,
                    Keyword.ROLLBACK,
                    Keyword.START,
                    Keyword.SAVEPOINT,
                    Keyword.RELEASE,
                    Keyword.UNLOCK -> {}
            default -> builder.atMost(Structure.Grade.TOKENIZED);
        }
        return rest();
    }

    private int rest() {
        while (t.kind != Token.END && t.kind != ';') {
            t.next();
        }
        return t.kind;
    }

    private int explain() {
        boolean analyze = t.id() == Keyword.ANALYZE;
        int k = t.next();
        while (k == Token.WORD
                && (t.id() == Keyword.EXTENDED
                        || t.id() == Keyword.PARTITIONS
                        || t.id() == Keyword.FORMAT
                        || t.id() == Keyword.ANALYZE)) {
            boolean format = t.id() == Keyword.FORMAT;
            k = t.next();
            if (format && k == '=') {
                t.next();
                k = t.next();
            }
        }
        boolean verb = k == '(' || (k == Token.WORD && (t.word & Vocabulary.RESERVED) != 0);
        if (verb && !(k == Token.WORD && t.id() == Keyword.TABLE)) {
            return statement();
        }
        if (analyze) {
            return definition();
        }
        scan.words.query(Frames.DEFINITION);
        scan.tableExpected = true;
        return scan.run();
    }

    private int definition() {
        int verb = t.id();
        boolean create = verb == Keyword.CREATE;
        int k = verb == Keyword.ANALYZE ? t.kind : t.next();
        if (verb == Keyword.DROP && k == Token.WORD && t.id() == Keyword.PREPARE) {
            t.next();
            new NamedStatements(t, builder).name();
            return rest();
        }
        builder.atMost(
                verb == Keyword.DROP || verb == Keyword.TRUNCATE ? Structure.Grade.PARSED : Structure.Grade.PARTIAL);
        scan.words.query(Frames.DEFINITION);
        scan.tableList = !create && verb != Keyword.ALTER;
        if (verb == Keyword.TRUNCATE && !(k == Token.WORD && t.id() == Keyword.TABLE)) {
            scan.tableExpected = true;
            return scan.run();
        }
        while (k == Token.WORD) {
            switch (t.id()) {
                case Keyword.TABLE -> {
                    scan.createsTable = create;
                    return scan.run();
                }
                case Keyword.TABLES, Keyword.VIEW -> {
                    scan.tableExpected = true;
                    t.next();
                    return scan.run();
                }
                case Keyword.INDEX -> {
                    scan.tableList = false;
                    t.next();
                    return scan.run();
                }
                case Keyword.PROCEDURE, Keyword.FUNCTION, Keyword.TRIGGER, Keyword.EVENT, Keyword.PACKAGE -> {
                    builder.atMost(Structure.Grade.TOKENIZED);
                    while (k != Token.END) {
                        k = t.next();
                    }
                    return k;
                }
                default -> k = t.next();
            }
        }
        return rest();
    }

    /** SHOW ... FROM table FROM database. */
    private int show() {
        int k = t.next();
        while (k != Token.END
                && k != ';'
                && !(k == Token.WORD && (t.id() == Keyword.FROM || t.id() == Keyword.TABLE))) {
            k = t.next();
        }
        scan.words.query(Frames.DEFINITION);
        if (k == Token.WORD) {
            t.next();
            scan.tableExpected = true;
        }
        return scan.run();
    }

    private int set() {
        if (t.kind == Token.WORD && t.id() == Keyword.STATEMENT) {
            int k = t.next();
            while (k != Token.END && k != ';' && !(k == Token.WORD && t.id() == Keyword.FOR)) {
                k = t.next();
            }
            if (k == Token.WORD) {
                t.next();
                return statement();
            }
            return k;
        }
        scan.words.query(Frames.OTHER);
        return scan.run();
    }
}
