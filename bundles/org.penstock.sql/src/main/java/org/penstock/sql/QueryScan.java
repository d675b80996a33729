package org.penstock.sql;

import org.jspecify.annotations.Nullable;

/** Reads the names of a query, or of a definition, by the clause in which they stand. Tolerant: what has no rule lowers the grade. */
final class QueryScan {

    /** Calls one inside the other of which each has a field among its arguments. */
    private static final int MAX_CALLS = 50;

    private static final String[] SYMBOLS = new String[128];

    static {
        for (int i = 0; i < SYMBOLS.length; i++) {
            SYMBOLS[i] = String.valueOf((char) i);
        }
    }

    final Tokenizer t;
    final Frames frames = new Frames();
    final QueryWords words;
    final TableNames names = new TableNames();
    final NamePool strings = new NamePool();
    StructureBuilder builder = new StructureBuilder();

    /** The next name is a table. */
    boolean tableExpected;
    /** A value or a table has just ended: a name would be its alias. */
    boolean operand;
    /** After COLLATE, CHARACTER SET, AS and the like: the next name is not looked at. */
    boolean passNext;

    /** Whether tables are separated by commas outside FROM: DROP TABLE a, b. */
    boolean tableList;

    boolean createsTable;
    boolean stringsAsFields;

    private final NamePath path = new NamePath();
    private int operator = -1;
    private int lastField = -1;

    QueryScan(Tokenizer tokenizer) {
        t = tokenizer;
        words = new QueryWords(this, tokenizer);
    }

    void start(StructureBuilder next) {
        builder = next;
        frames.start();
        words.start();
        tableExpected = false;
        operand = false;
        passNext = false;
        tableList = false;
        createsTable = false;
        names.start(next);
        operator = -1;
        lastField = -1;
    }

    /** Reads from the current token to the end or to a delimiter. */
    int run() {
        int k = t.kind;
        while (k != Token.END && k != ';') {
            k = step(k);
        }
        if (frames.depth > 0 || frames.beyond > 0) {
            builder.atMost(Structure.Grade.INVALID);
        }
        names.finishTargets();
        return k;
    }

    private int step(int k) {
        switch (k) {
            case Token.WORD, Token.NAME -> {
                return word();
            }
            case Token.STRING -> {
                string();
                return t.next();
            }
            case Token.NUMBER, Token.VARIABLE, Token.SYSTEM_VARIABLE, '?' -> {
                value();
                return t.next();
            }
            case '(' -> {
                open(plainClause(), -1, false);
                return t.next();
            }
            case ')' -> {
                close();
                return t.next();
            }
            case ',' -> {
                comma();
                return t.next();
            }
            case '*' -> {
                star();
                return t.next();
            }
            case Token.BAD -> {
                if (t.end - t.start != 1 || t.in[t.start] != '\\') {
                    builder.atMost(Structure.Grade.INVALID);
                }
                return t.next();
            }
            default -> {
                return operator(k);
            }
        }
    }

    private void value() {
        if (operand && frames.clause() != Frames.OTHER && t.before != '@' && frames.clause() != Frames.DEFINITION) {
            builder.atMost(Structure.Grade.PARTIAL);
        }
        operand = true;
        lastField = -1;
        operator = -1;
    }

    private void string() {
        if (stringsAsFields && frames.clause() != Frames.OTHER) {
            field(null, null, NamePath.literal(t));
        }
        operand = true;
        lastField = -1;
        operator = -1;
    }

    private void star() {
        if (operand) {
            function("*");
            operand = false;
            return;
        }
        if (!frames.call[frames.depth] && frames.clause() == Frames.SELECT_LIST) {
            field(null, null, "*");
        }
        operand = true;
    }

    private int operator(int k) {
        if (k == '.' || k == '{' || k == '}' || k == ':' || k == Token.ASSIGN || k == '@') {
            operand = false;
            return t.next();
        }
        int from = t.start;
        int to = t.end;
        int next = t.next();
        while (next > Token.BAD && t.start == to && "<>=!|&-".indexOf(next) >= 0 && to - from < 3 && next != '-') {
            to = t.end;
            next = t.next();
        }
        function(to - from == 1 ? SYMBOLS[k] : strings.text(t.in, from, to));
        operand = false;
        return next;
    }

    /** An operator by symbol or word; its neighbours are its arguments. */
    void function(String name) {
        if (frames.clause() == Frames.DEFINITION || frames.clause() == Frames.OTHER) {
            return;
        }
        operator = builder.function(name);
        if (operator >= 0 && lastField >= 0) {
            builder.argument(operator, lastField);
        }
        lastField = -1;
    }

    private int plainClause() {
        int clause = frames.clause();
        if (clause == Frames.FROM && !tableExpected) {
            // FROM t (...): no table begins here.
            return Frames.OTHER;
        }
        return clause;
    }

    void open(int clause, int function, boolean call) {
        if (!frames.open(clause, function, call, names.commonTables())) {
            builder.atMost(Structure.Grade.PARTIAL);
        }
        operand = false;
        lastField = -1;
        operator = -1;
        words.opened();
    }

    private void close() {
        if (frames.beyond > 0) {
            frames.beyond--;
            return;
        }
        if (frames.depth == 0) {
            builder.atMost(Structure.Grade.INVALID);
            return;
        }
        names.forgetCommonTables(frames.commonTables[frames.depth]);
        frames.depth--;
        operand = true;
        tableExpected = false;
        passNext = false;
        lastField = -1;
        words.closed();
    }

    private void comma() {
        operand = false;
        lastField = -1;
        operator = -1;
        passNext = false;
        int clause = frames.clause();
        if (clause == Frames.CONDITION && !frames.call[frames.depth]) {
            // FROM a JOIN b ON x, c
            frames.clause[frames.depth] = Frames.FROM;
            clause = Frames.FROM;
        }
        tableExpected = clause == Frames.FROM || clause == Frames.TARGETS || (tableList && frames.depth == 0);
        words.comma();
    }

    private int word() {
        int value = t.word;
        if (passNext) {
            passNext = false;
            operand = true;
            if (frames.clause() == Frames.SELECT_LIST || frames.clause() == Frames.FROM) {
                names.alias(strings.text(t));
            }
            return t.next();
        }
        if ((value & Vocabulary.ID) != 0 || (value & Vocabulary.RESERVED) != 0) {
            int k = words.keyword(value);
            if (k >= 0) {
                return k;
            }
        }
        return name();
    }

    private int name() {
        int from = t.start;
        path.read(t, strings);
        int k = t.kind;
        boolean adjacent = t.end - t.start > 0 && t.before != Token.END && t.beforeEnd == t.start;
        if (k == Token.STRING && !path.isQualified() && ((adjacent && !path.quoted) || isTypedLiteral(from))) {
            return k;
        }
        if (tableExpected) {
            return table(k);
        }
        if (k == '(' && !(operand && frames.clause() == Frames.FROM)) {
            return call();
        }
        if (operand) {
            alias();
            return k;
        }
        column();
        return k;
    }

    /** {@code DATE '2001-01-01'}, {@code _utf8 'x'}. */
    private boolean isTypedLiteral(int from) {
        return t.in[from] == '_' || (!path.quoted && !operand && (path.word & Vocabulary.FUNCTION) != 0);
    }

    private int call() {
        if (frames.clause() == Frames.DEFINITION) {
            operand = true;
            return t.kind;
        }
        int index = builder.function(path.second == null ? path.last : path.second + "." + path.last);
        open(Frames.ARGUMENTS, index, true);
        words.arguments(path.last);
        return t.next();
    }

    /** A keyword that is called like a function; the current token is its bracket. */
    int call(String name) {
        int index = builder.function(name);
        open(Frames.ARGUMENTS, index, true);
        return t.next();
    }

    private int table(int k) {
        tableExpected = false;
        operand = true;
        String database = path.second;
        if (frames.clause() == Frames.TARGETS) {
            if ("*".equals(path.last) && database != null) {
                names.target(path.first, database);
            } else {
                names.target(database, path.last);
            }
            return k;
        }
        if (database == null && names.isCommon(path.last)) {
            return k;
        }
        if (k == '(' && frames.clause() == Frames.FROM && !words.isInsertTarget()) {
            // JSON_TABLE(...)
            return call();
        }
        builder.table(database, path.last);
        if (createsTable) {
            builder.createdTable = new Structure.Table(database, path.last);
            createsTable = false;
            frames.clause[frames.depth] = Frames.DEFINITION;
        }
        if (k == '(' && words.isInsertTarget()) {
            open(Frames.COLUMNS, -1, false);
            return t.next();
        }
        return k;
    }

    private void alias() {
        int clause = frames.clause();
        boolean known = !path.isQualified() && (path.word & Vocabulary.KNOWN) != 0;
        if (clause == Frames.SELECT_LIST || clause == Frames.FROM) {
            if (!path.isQualified()) {
                names.alias(path.last);
                return;
            }
        } else if (clause == Frames.OTHER || clause == Frames.DEFINITION || known) {
            return;
        }
        builder.atMost(Structure.Grade.PARTIAL);
        column();
    }

    private void column() {
        operand = true;
        int clause = frames.clause();
        if (clause == Frames.OTHER || clause == Frames.DEFINITION || clause == Frames.START) {
            if (clause == Frames.START) {
                builder.atMost(Structure.Grade.PARTIAL);
            }
            return;
        }
        field(path.first, path.second, path.last);
    }

    private void field(@Nullable String database, @Nullable String table, String column) {
        int kept = builder.field(database, table, column, context());
        if (kept >= 0) {
            int calls = 0;
            for (int i = frames.depth; i > 0 && frames.function[i] != -1; i--) {
                if (++calls > MAX_CALLS) {
                    builder.atMost(Structure.Grade.PARTIAL);
                    break;
                }
                builder.argument(frames.function[i], kept);
            }
            if (operator >= 0) {
                builder.argument(operator, kept);
            }
        }
        operator = -1;
        lastField = kept;
    }

    private int context() {
        int context = frames.context[frames.depth];
        int depth = frames.depth;
        while (depth > 0 && frames.clause[depth] == Frames.ARGUMENTS) {
            depth--;
        }
        return context
                | switch (frames.clause[depth]) {
                    case Frames.SELECT_LIST -> Structure.Context.SELECT_LIST;
                    case Frames.WHERE -> Structure.Context.WHERE;
                    case Frames.SET -> Structure.Context.SET;
                    case Frames.GROUP -> Structure.Context.GROUP_BY;
                    default -> 0;
                };
    }
}
