package org.penstock.sql;

import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Types;

/** The part of a statement behind what its verb has rules for: walks the tokens to the end and notes calls, locks, variables and targets. */
final class Body {

    private static final byte[] AGAINST = {'A', 'G', 'A', 'I', 'N', 'S', 'T'};
    private static final byte[] ANALYSE = {'A', 'N', 'A', 'L', 'Y', 'S', 'E'};

    private final Tokenizer t;

    /** Delimiters do not end the statement. */
    boolean compound;

    private int variables;
    private int assigned;
    private boolean oracle;
    private Classification out;

    Body(Tokenizer tokenizer) {
        this.t = tokenizer;
        this.out = new Classification();
    }

    void start(Classification result) {
        out = result;
        compound = false;
        variables = 0;
        assigned = 0;
        oracle = t.dialect().is(SqlMode.ORACLE);
    }

    /** Walks on from the current token of kind {@code first}; returns at the end or at a delimiter. */
    int walk(int first) {
        return walk(first, false);
    }

    /** The current token is an opening bracket: walks to the closing one, or to the end. */
    int walkBracket() {
        return walk('(', true);
    }

    private int walk(int first, boolean bracket) {
        int k = first;
        int depth = 0;
        while (k != Token.END) {
            if (k == Token.WORD) {
                if ((t.word & Vocabulary.IN_BODY) != 0) {
                    int now = t.start;
                    k = keyword(t.id());
                    if (t.start != now) {
                        continue;
                    }
                }
            } else if (k == '(') {
                depth++;
                call();
            } else if (k == ')') {
                if (--depth == 0 && bracket) {
                    return k;
                }
            } else if (k == ';') {
                if (!compound) {
                    return k;
                }
            } else if (k <= Token.BAD ? k > Token.NUMBER : k == '.' && oracle) {
                special(k);
            }
            k = t.next();
        }
        return k;
    }

    /** Notes what the current token says without going on. */
    void note(int k) {
        if (k == '.' || (k > Token.NUMBER && k <= Token.BAD)) {
            special(k);
        }
    }

    /** After the whole statement: which variables were only read. */
    void end() {
        if (variables > assigned) {
            out.types |= Types.USERVAR_READ;
        }
    }

    private void special(int k) {
        switch (k) {
            case Token.VARIABLE -> variables++;
            case Token.SYSTEM_VARIABLE -> systemVariable();
            case Token.ASSIGN -> {
                if (t.before == Token.VARIABLE) {
                    assigned++;
                    out.types |= Types.USERVAR_WRITE;
                }
            }
            case Token.BAD -> bad();
            case '.' -> {
                if (t.dialect().is(SqlMode.ORACLE)) {
                    sequenceValue();
                }
            }
            default -> {}
        }
    }

    /** {@code \N} is NULL; no other byte of that kind belongs outside quotes. */
    private void bad() {
        boolean escape = t.end - t.start == 1 && t.in[t.start] == '\\';
        if (!escape) {
            out.types |= Types.WRITE;
        }
    }

    private void sequenceValue() {
        Vocabulary words = t.vocabulary();
        int p = t.end;
        int q = p;
        while (q < t.in.length && ByteClass.inWord(t.in[q])) {
            q++;
        }
        int id = words.find(t.in, p, q - p) & Vocabulary.ID;
        if (id == Keyword.NEXTVAL || id == Keyword.CURRVAL) {
            out.types |= Types.WRITE;
        }
    }

    /** Whether {@link #keyword} knows that word. */
    static boolean hasRule(int id) {
        return id == Keyword.WHERE
                || id == Keyword.SELECT
                || id == Keyword.FOR
                || id == Keyword.SHARE
                || id == Keyword.INTO;
    }

    /** Returns the next token's kind when it moved on, else anything. */
    private int keyword(int id) {
        switch (id) {
            case Keyword.WHERE -> out.flags |= Flags.WHERE;
            case Keyword.SELECT -> out.types |= Types.READ;
            case Keyword.FOR -> {
                return lockOrSequence();
            }
            case Keyword.SHARE -> {
                if (t.before == Token.WORD && (t.beforeWord & Vocabulary.ID) == Keyword.IN && lockBefore()) {
                    lock();
                }
            }
            case Keyword.INTO -> {
                return into();
            }
            default -> {}
        }
        return t.kind;
    }

    private boolean lockBefore() {
        return t.before2 == Token.WORD && (t.before2Word & Vocabulary.ID) == Keyword.LOCK;
    }

    private void lock() {
        out.types |= Types.WRITE;
        out.flags |= Flags.LOCKING;
    }

    private int lockOrSequence() {
        int behind = t.beforeWord & Vocabulary.ID;
        int behind2 = t.before2Word & Vocabulary.ID;
        if (behind == Keyword.VALUE && (behind2 == Keyword.NEXT || behind2 == Keyword.PREVIOUS)) {
            out.types |= Types.WRITE;
        }
        int k = t.next();
        if (k == Token.WORD && (t.id() == Keyword.UPDATE || t.id() == Keyword.SHARE)) {
            lock();
            return t.next();
        }
        return k;
    }

    private int into() {
        int k = t.next();
        if (k == Token.VARIABLE) {
            variables++;
            assigned++;
            out.types |= Types.USERVAR_WRITE;
            out.flags |= Flags.INTO_VARIABLE;
            k = t.next();
            while (k == ',') {
                k = t.next();
                if (k != Token.VARIABLE) {
                    return k;
                }
                variables++;
                assigned++;
                k = t.next();
            }
            return k;
        }
        if (k == Token.WORD && (t.id() == Keyword.OUTFILE || t.id() == Keyword.DUMPFILE)) {
            out.flags |= Flags.INTO_FILE;
        }
        out.types |= Types.WRITE;
        return k;
    }

    private void systemVariable() {
        int p = t.start + 2;
        byte[] in = t.in;
        int q = wordEnd(p);
        int scope = t.vocabulary().find(in, p, q - p) & Vocabulary.ID;
        boolean global = scope == Keyword.GLOBAL;
        boolean scoped = global || scope == Keyword.SESSION || scope == Keyword.LOCAL;
        if (scoped && q < t.end && in[q] == '.') {
            p = q + 1;
            q = wordEnd(p);
        } else if (scoped || q == p) {
            // A scope apart from its name, or a quoted name: whose value it is stays open.
            out.types |= Types.MASTER_READ;
        }
        out.types |= global ? Types.GSYSVAR_READ : Types.SYSVAR_READ;
        switch (SystemVariable.of(in, p, q - p)) {
            case LAST_INSERT_ID -> out.types |= Types.MASTER_READ;
            case DIAGNOSTICS -> out.flags |= Flags.DIAGNOSTICS;
            default -> {}
        }
    }

    private int wordEnd(int from) {
        int q = from;
        while (q < t.end && ByteClass.inWord(t.in[q])) {
            q++;
        }
        return q;
    }

    /** The current token is a bracket: a name right before it may be called. */
    private void call() {
        if (t.before == Token.WORD) {
            int word = t.beforeWord;
            if ((word & Vocabulary.FUNCTION) != 0) {
                builtin(word);
            } else if ((word & (Vocabulary.RESERVED | Vocabulary.NEVER_CALLED)) == 0 && !isDeclared()) {
                unknown();
            }
        } else if (t.before == Token.NAME && !isDeclared()) {
            unknown();
        }
    }

    private void unknown() {
        out.types |= Types.WRITE;
        out.flags |= Flags.UNKNOWN_FUNCTION;
    }

    private void builtin(int word) {
        if ((word & Vocabulary.TIGHT) != 0
                && t.beforeEnd != t.start
                && !t.dialect().is(SqlMode.IGNORE_SPACE)
                && !starFollows()) {
            unknown();
            return;
        }
        switch (FunctionEffect.of(word)) {
            case PRIMARY_READ -> out.types |= Types.MASTER_READ;
            case PREVIOUS -> out.flags |= Flags.RELATES_TO_PREVIOUS;
            case WRITE -> out.types |= Types.WRITE;
            case LOCK -> {
                out.types |= Types.WRITE;
                out.flags |= Flags.USER_LOCK;
            }
            case NONE -> {}
        }
    }

    private boolean starFollows() {
        int p = t.end;
        while (p < t.in.length && ByteClass.OF[t.in[p] & 0xff] == ByteClass.SPACE) {
            p++;
        }
        return p < t.in.length && t.in[p] == '*';
    }

    /** Whether the name before the bracket is an alias, a type, or the name of a thing, by what stands before it. */
    private boolean isDeclared() {
        if (t.before2 == ')' || t.before2 == Token.STRING || t.before2 == Token.NUMBER) {
            return true;
        }
        boolean name = t.before2 == Token.NAME || (t.before2 == Token.WORD && (t.before2Word & Vocabulary.KNOWN) == 0);
        if (name && isWord(AGAINST)) {
            // MATCH a AGAINST (...)
            return true;
        }
        if (t.before2 != Token.WORD) {
            return false;
        }
        return switch (t.before2Word & Vocabulary.ID) {
            case Keyword.AS,
                    Keyword.WITH,
                    Keyword.RECURSIVE,
                    Keyword.INTO,
                    Keyword.TABLE,
                    Keyword.VIEW,
                    Keyword.REFERENCES,
                    Keyword.INDEX,
                    Keyword.KEY -> true;
            case Keyword.FROM, Keyword.JOIN -> (t.beforeWord & Vocabulary.ID) == Keyword.JSON_TABLE;
            case Keyword.PROCEDURE -> isWord(ANALYSE);
            default -> false;
        };
    }

    /** Whether the word before the bracket is that one. */
    private boolean isWord(byte[] upper) {
        return t.beforeEnd - t.beforeStart == upper.length && SystemVariable.same(upper, t.in, t.beforeStart);
    }
}
