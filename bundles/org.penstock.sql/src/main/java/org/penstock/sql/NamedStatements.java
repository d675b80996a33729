package org.penstock.sql;

/** Statements about prepared statements by name, and KILL. */
final class NamedStatements {

    private final Tokenizer t;
    private final StructureBuilder builder;

    NamedStatements(Tokenizer tokenizer, StructureBuilder builder) {
        t = tokenizer;
        this.builder = builder;
    }

    /** False when the current token begins something else. */
    boolean read() {
        switch (t.id()) {
            case Keyword.PREPARE -> {
                t.next();
                name();
                text();
            }
            case Keyword.EXECUTE -> {
                int k = t.next();
                if (k == Token.WORD && t.id() == Keyword.IMMEDIATE) {
                    builder.atMost(Structure.Grade.TOKENIZED);
                } else {
                    name();
                }
            }
            case Keyword.DEALLOCATE -> {
                t.next();
                t.next();
                name();
            }
            case Keyword.KILL -> kill();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The name of a prepared statement at the current token. */
    void name() {
        if (t.kind == Token.WORD || t.kind == Token.NAME) {
            builder.preparedName = NamePath.text(t);
        } else {
            builder.atMost(Structure.Grade.INVALID);
        }
    }

    private void text() {
        int k = t.next();
        if (k == Token.WORD && t.id() == Keyword.FROM) {
            k = t.next();
        }
        boolean literal = k == Token.STRING;
        String value = literal ? NamePath.literal(t) : "";
        k = t.next();
        if (literal && (k == Token.END || k == ';')) {
            builder.preparedText = value;
        } else {
            builder.atMost(Structure.Grade.TOKENIZED);
        }
    }

    private void kill() {
        boolean soft = false;
        boolean query = false;
        boolean byQueryId = false;
        boolean user = false;
        int k = t.next();
        while (k == Token.WORD) {
            switch (t.id()) {
                case Keyword.HARD, Keyword.CONNECTION -> {}
                case Keyword.SOFT -> soft = true;
                case Keyword.QUERY -> query = true;
                case Keyword.USER -> user = true;
                default -> {
                    if (t.end - t.start == 2 && (t.in[t.start] | 0x20) == 'i') {
                        byQueryId = true;
                    } else {
                        account(query, soft);
                        return;
                    }
                }
            }
            k = t.next();
            if (user) {
                account(query, soft);
                return;
            }
        }
        if (k == Token.NUMBER && t.end - t.start <= MAX_DIGITS && t.in[t.start] != '-' && t.in[t.start] != '.') {
            long id = 0;
            for (int i = t.start; i < t.end && t.in[i] >= '0' && t.in[i] <= '9'; i++) {
                id = id * 10 + t.in[i] - '0';
            }
            builder.kill = new Structure.Kill(query, byQueryId, soft, id, null);
        } else {
            builder.atMost(Structure.Grade.TOKENIZED);
        }
    }

    private static final int MAX_DIGITS = 18;

    /** {@code name}, {@code name@host}, {@code 'name'@'host'}. */
    private void account(boolean query, boolean soft) {
        StringBuilder account = new StringBuilder();
        int k = t.kind;
        while (k != Token.END && k != ';') {
            account.append(k == Token.STRING ? NamePath.literal(t) : NamePath.text(t));
            k = t.next();
        }
        builder.kill =
                new Structure.Kill(query, false, soft, null, account.toString().replace("'", ""));
    }
}
