package org.penstock.sql;

/** Keywords of queries and definitions: which clause they begin, and what kind of name follows. */
final class QueryWords {

    private final QueryScan scan;
    private final Tokenizer t;
    private final CommonTables commonTables;
    private boolean insertTarget;
    private boolean union;
    private boolean using;
    private boolean delete;
    /** The words in the bracket that opens next are indexes or partitions. */
    private boolean others;

    QueryWords(QueryScan scan, Tokenizer tokenizer) {
        this.scan = scan;
        this.t = tokenizer;
        this.commonTables = new CommonTables(scan, tokenizer);
    }

    void start() {
        insertTarget = false;
        union = false;
        using = false;
        delete = false;
        others = false;
        commonTables.start();
    }

    boolean isInsertTarget() {
        return insertTarget;
    }

    /** A bracket was opened. */
    void opened() {
        Frames frames = scan.frames;
        int d = frames.depth;
        commonTables.opened();
        if (others) {
            frames.clause[d] = Frames.OTHER;
            others = false;
        } else if (using) {
            frames.clause[d] = Frames.COLUMNS;
            using = false;
        }
        if (frames.clause[d] == Frames.FROM) {
            scan.tableExpected = true;
        }
    }

    void closed() {
        using = false;
        commonTables.closed();
    }

    void comma() {
        commonTables.comma();
    }

    /** The brackets of a call of that name were opened: some names inside are no columns. */
    void arguments(String name) {
        if (name.equalsIgnoreCase("JSON_TABLE")) {
            scan.builder.atMost(Structure.Grade.PARTIAL);
        }
    }

    private void clause(int clause) {
        scan.frames.clause[scan.frames.depth] = clause;
        scan.operand = false;
        scan.tableExpected = clause == Frames.FROM || clause == Frames.TARGETS;
    }

    private boolean inCall() {
        return scan.frames.call[scan.frames.depth] && scan.frames.clause() == Frames.ARGUMENTS;
    }

    /** Applies the keyword at the current token and returns the kind of the token to go on with; -1 when it is a name here. */
    int keyword(int value) {
        int id = value & Vocabulary.ID;
        boolean reserved = (value & Vocabulary.RESERVED) != 0;
        String text = reserved && id == 0 ? scan.strings.text(t) : "";
        if (!reserved && !actsUnreserved(id)) {
            return -1;
        }
        if (scan.tableExpected && !reserved && !modifies(id)) {
            return -1;
        }
        int from = t.start;
        int end = t.end;
        int k = t.next();
        if (k == '(' && (value & Vocabulary.FUNCTION) != 0 && !scan.tableExpected && !ExpressionWords.isPrefix(id)) {
            return scan.call(scan.strings.text(t.in, from, end));
        }
        if (!clauseWord(id, k) && !relation(id, k) && !operatorWord(id)) {
            // Values such as NULL and CURRENT_DATE end an operand, other words do not.
            scan.operand = ExpressionWords.isValue(id) || ExpressionWords.isValue(text);
        }
        return t.kind;
    }

    /** Words that are no reserved ones and yet have a rule. */
    private boolean actsUnreserved(int id) {
        return switch (id) {
            case Keyword.END -> true;
            case Keyword.OFFSET -> scan.frames.clause() == Frames.OTHER;
            case Keyword.WINDOW -> scan.operand && scan.frames.clause() != Frames.SELECT_LIST;
            case Keyword.VALUE -> insertTarget && scan.operand;
            case Keyword.QUICK -> scan.tableExpected;
            case Keyword.TABLES, Keyword.VIEW, Keyword.TEMPORARY ->
                scan.frames.clause() == Frames.DEFINITION && !scan.operand;
            default -> false;
        };
    }

    private static boolean modifies(int id) {
        return id == Keyword.QUICK;
    }

    private boolean clauseWord(int id, int k) {
        switch (id) {
            case Keyword.SELECT -> select();
            case Keyword.WHERE -> clause(Frames.WHERE);
            case Keyword.HAVING -> clause(Frames.CONDITION);
            case Keyword.GROUP -> clause(Frames.GROUP);
            case Keyword.ORDER -> {
                if (!inCall()) {
                    clause(Frames.ORDER);
                }
                scan.operand = false;
            }
            case Keyword.LIMIT, Keyword.PROCEDURE -> {
                if (scan.frames.clause() != Frames.DEFINITION) {
                    clause(Frames.OTHER);
                }
            }
            case Keyword.FOR, Keyword.LOCK -> locking(k);
            case Keyword.WINDOW -> clause(Frames.OTHER);
            case Keyword.SET -> {
                if (!inCall()) {
                    clause(scan.frames.clause() == Frames.DEFINITION ? Frames.DEFINITION : Frames.SET);
                }
            }
            case Keyword.VALUES, Keyword.VALUE -> {
                clause(Frames.VALUES);
                insertTarget = false;
            }
            case Keyword.RETURNING -> clause(Frames.SELECT_LIST);
            case Keyword.UNION, Keyword.EXCEPT, Keyword.INTERSECT -> {
                if (scan.frames.clause() != Frames.DEFINITION) {
                    clause(Frames.START);
                    union = true;
                }
            }
            case Keyword.UPDATE -> {
                // ON DUPLICATE KEY UPDATE; FOR UPDATE is read with FOR.
                clause(Frames.SET);
            }
            case Keyword.WITH -> {
                boolean first = t.before2 == '(' || (scan.frames.clause() == Frames.FROM && insertTarget);
                if (first || scan.frames.clause() == Frames.START) {
                    commonTables.with();
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void select() {
        Frames frames = scan.frames;
        int d = frames.depth;
        insertTarget = false;
        if (d > 0 && frames.clause[d - 1] != Frames.START && frames.clause[d] != Frames.SELECT_LIST) {
            frames.context[d] |= Structure.Context.SUBQUERY;
        }
        if (union) {
            frames.context[d] |= Structure.Context.UNION;
            union = false;
        }
        if (frames.call[d]) {
            // f((SELECT ...)) and IN (SELECT ...): the names inside are still arguments.
            frames.call[d] = false;
        }
        clause(Frames.SELECT_LIST);
        while (t.kind == Token.WORD && isSelectOption()) {
            t.next();
        }
    }

    private boolean isSelectOption() {
        int length = t.end - t.start;
        return length > 4
                && (t.in[t.start] | 0x20) == 's'
                && (t.in[t.start + 1] | 0x20) == 'q'
                && t.in[t.start + 3] == '_'
                && (t.word & Vocabulary.KNOWN) != 0;
    }

    private void locking(int k) {
        if (inCall() || scan.frames.clause() == Frames.DEFINITION) {
            scan.operand = false;
            return;
        }
        if (scan.frames.clause() == Frames.FROM
                && !(k == Token.WORD && (t.id() == Keyword.UPDATE || t.id() == Keyword.SHARE))) {
            // FOR JOIN and FOR ORDER BY in index hints, FOR SYSTEM_TIME, FOR PORTION OF.
            while (t.kind == Token.WORD
                    && (t.id() == Keyword.JOIN
                            || t.id() == Keyword.ORDER
                            || t.id() == Keyword.GROUP
                            || t.id() == Keyword.BY)) {
                t.next();
                others = true;
            }
            if (!others) {
                scan.builder.atMost(Structure.Grade.PARTIAL);
                scan.operand = true;
            }
            return;
        }
        t.next();
        clause(Frames.OTHER);
    }

    private boolean relation(int id, int k) {
        switch (id) {
            case Keyword.FROM -> from();
            case Keyword.JOIN, Keyword.STRAIGHT_JOIN -> {
                if (scan.frames.clause() != Frames.SELECT_LIST) {
                    clause(Frames.FROM);
                }
            }
            case Keyword.ON -> {
                if (k == Token.WORD && t.id() == Keyword.DUPLICATE) {
                    // ON DUPLICATE KEY UPDATE
                    t.next();
                    t.next();
                    return true;
                }
                boolean definition = scan.frames.clause() == Frames.DEFINITION;
                clause(definition ? Frames.DEFINITION : Frames.CONDITION);
                scan.tableExpected = definition && !isReference(k);
            }
            case Keyword.USING -> using(k);
            case Keyword.INTO -> into(k);
            case Keyword.TABLE -> scan.tableExpected = scan.frames.depth == 0;
            case Keyword.TABLES, Keyword.VIEW -> scan.tableExpected = true;
            case Keyword.TO -> scan.tableExpected = scan.tableList;
            case Keyword.REFERENCES -> scan.tableExpected = true;
            case Keyword.INDEX, Keyword.KEY -> others = scan.frames.clause() == Frames.FROM;
            case Keyword.PARTITION -> others = k == '(';
            case Keyword.AS -> as(k);
            case Keyword.COLLATE -> scan.passNext = true;
            case Keyword.CHARACTER -> {
                if (k == Token.WORD && t.id() == Keyword.SET) {
                    t.next();
                }
                scan.passNext = true;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean isReference(int k) {
        return k == Token.WORD && (t.id() == Keyword.DELETE || t.id() == Keyword.UPDATE);
    }

    private void from() {
        if (inCall()) {
            scan.operand = false;
            return;
        }
        clause(Frames.FROM);
    }

    private void using(int k) {
        if (inCall()) {
            // CONVERT(x USING utf8)
            scan.passNext = true;
        } else if (k == '(') {
            using = true;
        } else if (delete) {
            scan.names.tablesAreTargets();
            clause(Frames.FROM);
        } else {
            clause(Frames.OTHER);
        }
    }

    private void into(int k) {
        if (insertTarget || scan.tableExpected) {
            scan.tableExpected = true;
            return;
        }
        if (k == Token.WORD && t.id() == Keyword.TABLE) {
            t.next();
            scan.tableExpected = true;
            insertTarget = true;
            return;
        }
        clause(Frames.OTHER);
    }

    private void as(int k) {
        scan.tableExpected = false;
        if (k == Token.WORD || k == Token.NAME) {
            boolean query = t.id() == Keyword.SELECT || t.id() == Keyword.WITH || t.id() == Keyword.VALUES;
            scan.passNext = !query;
        }
        if (scan.frames.clause() == Frames.DEFINITION) {
            scan.passNext = false;
            scan.operand = false;
        }
    }

    private boolean operatorWord(int id) {
        String name = ExpressionWords.operator(id);
        if (name.isEmpty()) {
            return false;
        }
        scan.function(name);
        scan.operand = false;
        if (id == Keyword.LIKE && scan.frames.clause() == Frames.DEFINITION) {
            scan.tableExpected = true;
        }
        return true;
    }

    /** The verb DELETE: names up to FROM are targets. */
    void delete() {
        delete = true;
        clause(Frames.TARGETS);
    }

    void insert() {
        insertTarget = true;
        clause(Frames.FROM);
    }

    void query(int clause) {
        clause(clause);
    }
}
