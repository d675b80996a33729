package org.penstock.sql;

/**
 * Splits a statement into tokens and writes its canonical form on the way. Never fails: what it cannot read ends the statement and is told by
 * {@link #unterminated}. One thread; {@link #start} begins anew.
 */
final class Tokenizer {

    /** The token: kind, place, and for a word its value in the vocabulary. */
    int kind;

    int start;
    int end;
    int word;

    /** The two tokens before. */
    int before;

    int beforeStart;
    int beforeEnd;
    int beforeWord;
    int before2;
    int before2Word;

    boolean unterminated;

    byte[] in = {};

    private final CanonicalWriter out = new CanonicalWriter();
    private final Comments comments = new Comments(out);
    private int limit;
    private Vocabulary vocabulary;
    private Dialect dialect;
    private boolean ansiQuotes;
    private boolean escapes;
    private boolean hidesQuotes;

    Tokenizer() {
        dialect = Dialect.DEFAULT;
        vocabulary = Vocabularies.of(dialect.family(), dialect.version());
        use(dialect);
    }

    private void use(Dialect next) {
        dialect = next;
        vocabulary = Vocabularies.of(next.family(), next.version());
        ansiQuotes = next.is(SqlMode.ANSI_QUOTES);
        escapes = !next.is(SqlMode.NO_BACKSLASH_ESCAPES);
        hidesQuotes = next.charset().hidesQuotes();
    }

    /** Begins with the bytes from {@code from} to {@code to}; the canonical form goes to {@code canonical}, as much as fits. */
    @SuppressWarnings("ReferenceEquality") // Spares a comparison that nearly always says equal.
    void start(byte[] sql, int from, int to, Dialect by, byte[] canonical) {
        if (by != dialect && !by.equals(dialect)) {
            use(by);
        }
        in = sql;
        limit = to;
        out.start(sql, from, canonical);
        comments.begin();
        kind = Token.END;
        before = Token.END;
        before2 = Token.END;
        word = 0;
        beforeWord = 0;
        before2Word = 0;
        start = from;
        end = from;
        unterminated = false;
    }

    Dialect dialect() {
        return dialect;
    }

    CanonicalWriter canonical() {
        return out;
    }

    Comments comments() {
        return comments;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The keyword's number when the token is a word that rules look at, else 0. */
    int id() {
        return word & Vocabulary.ID;
    }

    /** Moves to the next token and returns its kind. */
    int next() {
        before2 = before;
        before2Word = beforeWord;
        before = kind;
        beforeWord = word;
        beforeStart = start;
        beforeEnd = end;
        word = 0;
        byte[] bytes = in;
        int stop = limit;
        int p = end;
        if (p < stop && bytes[p] == ' ') {
            p++;
        }
        if (p < stop) {
            byte of = ByteClass.OF[bytes[p] & 0xff];
            if (of == ByteClass.WORD) {
                return word(p);
            }
            if (of == ByteClass.PUNCTUATION || (of == ByteClass.DOT && afterName(p))) {
                return punctuation(p);
            }
        }
        return rarer(p);
    }

    /** The next token from {@code from} on, whatever comes before it. */
    private int rarer(int from) {
        byte[] bytes = in;
        int stop = limit;
        int p = from;
        while (p < stop) {
            int c = bytes[p];
            switch (ByteClass.OF[c & 0xff]) {
                case ByteClass.SPACE -> p++;
                case ByteClass.WORD -> {
                    return word(p);
                }
                case ByteClass.DIGIT -> {
                    return digit(p);
                }
                case ByteClass.QUOTE -> {
                    return string(p);
                }
                case ByteClass.SIGN, ByteClass.SLASH, ByteClass.HASH, ByteClass.STAR -> {
                    int behind = comment(p, c);
                    if (behind < 0) {
                        return behind == Comments.OPEN ? open(p) : sign(p);
                    }
                    p = behind;
                }
                default -> {
                    return other(p);
                }
            }
        }
        return end();
    }

    /** The index behind a comment, or behind the end of one that is executed; else as {@link Comments} says. */
    private int comment(int p, int c) {
        switch (c) {
            case '#' -> {
                return comments.line(in, p, p + 1, limit);
            }
            case '/' -> {
                return comments.slash(in, p, limit, dialect);
            }
            case '*' -> {
                if (!comments.executing || p + 1 >= limit || in[p + 1] != '/') {
                    return Comments.NONE;
                }
                comments.executing = false;
                return p + 2;
            }
            default -> {
                return comments.dashes(in, p, limit);
            }
        }
    }

    private int end() {
        if (comments.executing) {
            unterminated = true;
        }
        out.copyTo(limit);
        start = limit;
        end = limit;
        kind = Token.END;
        return kind;
    }

    private int other(int p) {
        int c = in[p];
        switch (ByteClass.OF[c & 0xff]) {
            case ByteClass.DOUBLE_QUOTE -> {
                return ansiQuotes ? name(p) : string(p);
            }
            case ByteClass.BACKTICK -> {
                return name(p);
            }
            case ByteClass.AT -> {
                return variable(p);
            }
            case ByteClass.DOT -> {
                if (p + 1 < limit && ByteClass.OF[in[p + 1] & 0xff] == ByteClass.DIGIT && !afterName(p)) {
                    return literal(Token.NUMBER, p, Lexemes.number(in, p, limit));
                }
                return punctuation(p);
            }
            case ByteClass.COLON -> {
                if (p + 1 < limit && in[p + 1] == '=') {
                    return token(Token.ASSIGN, p, p + 2);
                }
                return punctuation(p);
            }
            case ByteClass.BAD -> {
                return token(Token.BAD, p, p + 1);
            }
            default -> {
                return punctuation(p);
            }
        }
    }

    /** Whether a name ends right here, so that a dot and digits go on with it. */
    private boolean afterName(int p) {
        return before <= Token.NAME && before != Token.END && beforeEnd == p;
    }

    private int word(int from) {
        byte[] bytes = in;
        int stop = limit;
        int p;
        long head;
        if (hidesQuotes || bytes.length - from < Long.BYTES) {
            p = hidesQuotes ? wideWord(from) : wordEnd(from);
            head = Vocabulary.head(bytes, from, p - from);
        } else {
            long eight = (long) Vocabulary.LONGS.get(bytes, from);
            int length = ByteClass.wordLength(eight);
            p = from + length;
            if (length == Long.BYTES) {
                p = wordEnd(p);
                head = eight & Vocabulary.FOLD;
            } else {
                head = eight & (1L << (length << 3)) - 1 & Vocabulary.FOLD;
            }
            if (p > stop) {
                p = stop;
                head = Vocabulary.head(bytes, from, p - from);
            }
        }
        boolean qualifies = p + 1 < stop && bytes[p] == '.' && ByteClass.inWord(bytes[p + 1]);
        boolean qualified = before == '.' && beforeEnd == from;
        if (!qualifies && !qualified) {
            word = vocabulary.find(bytes, from, p - from, head);
        }
        return token(Token.WORD, from, p);
    }

    private int wordEnd(int from) {
        int p = from;
        while (p < limit && ByteClass.inWord(in[p])) {
            p++;
        }
        return p;
    }

    private int wideWord(int from) {
        int p = from;
        while (p < limit) {
            int length = dialect.charset().length(in, p, limit);
            if (length == 1 && !ByteClass.inWord(in[p])) {
                break;
            }
            p += length;
        }
        return p;
    }

    private int digit(int p) {
        boolean qualified = before == '.' && beforeEnd == p;
        int to = qualified ? p : Lexemes.number(in, p, limit);
        return to > p ? literal(Token.NUMBER, p, to) : word(p);
    }

    /** A sign, a slash, a star: no comment begins with it. */
    private int sign(int p) {
        int digits = p + 1;
        if (digits < limit && ByteClass.OF[in[p] & 0xff] == ByteClass.SIGN && Token.beforeSign(before)) {
            boolean digit = ByteClass.OF[in[digits] & 0xff] == ByteClass.DIGIT;
            boolean dot =
                    in[digits] == '.' && digits + 1 < limit && ByteClass.OF[in[digits + 1] & 0xff] == ByteClass.DIGIT;
            if (digit || dot) {
                int to = Lexemes.number(in, digits, limit);
                if (to > digits) {
                    return literal(Token.NUMBER, p, to);
                }
            }
        }
        return punctuation(p);
    }

    private int string(int p) {
        int to = hidesQuotes
                ? Lexemes.quoted(in, p, limit, escapes, dialect.charset())
                : Lexemes.quoted(in, p, limit, escapes);
        return to < 0 ? open(p) : literal(Token.STRING, p, to);
    }

    private int name(int p) {
        int to = hidesQuotes
                ? Lexemes.quoted(in, p, limit, false, dialect.charset())
                : Lexemes.quoted(in, p, limit, false);
        return to < 0 ? open(p) : token(Token.NAME, p, to);
    }

    /** A quote or a comment that does not end: the rest stays as it is. */
    private int open(int p) {
        unterminated = true;
        comments.executing = false;
        return token(Token.BAD, p, limit);
    }

    private int variable(int from) {
        int p = from + 1;
        boolean system = p < limit && in[p] == '@';
        if (system) {
            p++;
        }
        if (p < limit && (in[p] == '`' || (!system && (in[p] == '\'' || in[p] == '"')))) {
            boolean string = in[p] != '`' && !(in[p] == '"' && ansiQuotes);
            int to = Lexemes.quoted(in, p, limit, escapes && string, dialect.charset());
            if (to < 0) {
                return open(from);
            }
            p = to;
        } else {
            while (p < limit && (ByteClass.inWord(in[p]) || in[p] == '.')) {
                p++;
            }
        }
        return token(system ? Token.SYSTEM_VARIABLE : Token.VARIABLE, from, p);
    }

    private int punctuation(int p) {
        return token(in[p], p, p + 1);
    }

    private int literal(int tokenKind, int from, int to) {
        out.replace(from, to);
        return token(tokenKind, from, to);
    }

    private int token(int tokenKind, int from, int to) {
        start = from;
        end = to;
        kind = tokenKind;
        return tokenKind;
    }
}
