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
    boolean executableComment;
    /** Two minus signs with a letter behind: no comment, though it looks like one. */
    boolean nearComment;

    /** Text of the first comment, as offsets; -1 without one. */
    int commentStart;

    int commentEnd;

    byte[] in = {};

    private final CanonicalWriter out = new CanonicalWriter();
    private int position;
    private int limit;
    private boolean executing;
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
        position = from;
        limit = to;
        out.start(canonical);
        kind = Token.END;
        before = Token.END;
        before2 = Token.END;
        word = 0;
        beforeWord = 0;
        before2Word = 0;
        start = from;
        end = from;
        unterminated = false;
        executableComment = false;
        nearComment = false;
        commentStart = -1;
        commentEnd = -1;
        executing = false;
    }

    Dialect dialect() {
        return dialect;
    }

    CanonicalWriter canonical() {
        return out;
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
        while (position < limit) {
            int c = bytes[position];
            switch (ByteClass.OF[c & 0xff]) {
                case ByteClass.SPACE -> {
                    position++;
                    out.put(c);
                }
                case ByteClass.WORD -> {
                    return word();
                }
                case ByteClass.DIGIT -> {
                    return digit();
                }
                case ByteClass.QUOTE -> {
                    return string();
                }
                case ByteClass.DOUBLE_QUOTE -> {
                    return ansiQuotes ? name() : string();
                }
                case ByteClass.BACKTICK -> {
                    return name();
                }
                case ByteClass.SIGN -> {
                    if (!lineComment(c)) {
                        return sign(c);
                    }
                }
                case ByteClass.SLASH -> {
                    if (!blockComment()) {
                        return punctuation(c);
                    }
                }
                case ByteClass.HASH -> comment(position + 1, Lexemes.line(bytes, position, limit), 0);
                case ByteClass.STAR -> {
                    if (!executing || position + 1 >= limit || bytes[position + 1] != '/') {
                        return punctuation(c);
                    }
                    executing = false;
                    out.copy(bytes, position, position + 2);
                    position += 2;
                }
                default -> {
                    return other(c);
                }
            }
        }
        return end();
    }

    private int end() {
        if (executing) {
            unterminated = true;
        }
        start = limit;
        end = limit;
        kind = Token.END;
        return kind;
    }

    private int other(int c) {
        switch (ByteClass.OF[c & 0xff]) {
            case ByteClass.AT -> {
                return variable();
            }
            case ByteClass.DOT -> {
                if (position + 1 < limit && ByteClass.OF[in[position + 1] & 0xff] == ByteClass.DIGIT && !afterName()) {
                    return number(Lexemes.number(in, position, limit));
                }
                return punctuation(c);
            }
            case ByteClass.COLON -> {
                if (position + 1 < limit && in[position + 1] == '=') {
                    return token(Token.ASSIGN, position + 2);
                }
                return punctuation(c);
            }
            case ByteClass.BAD -> {
                return token(Token.BAD, position + 1);
            }
            default -> {
                return punctuation(c);
            }
        }
    }

    /** Whether a name ends right here, so that a dot and digits go on with it. */
    private boolean afterName() {
        return before <= Token.NAME && before != Token.END && beforeEnd == position;
    }

    private int word() {
        int p = position + 1;
        byte[] bytes = in;
        int stop = limit;
        if (hidesQuotes) {
            p = wideWord(position);
        } else {
            byte[] classes = ByteClass.OF;
            while (p < stop
                    && (classes[bytes[p] & 0xff] == ByteClass.WORD || classes[bytes[p] & 0xff] == ByteClass.DIGIT)) {
                p++;
            }
        }
        int length = p - position;
        boolean qualifies = p + 1 < stop && bytes[p] == '.' && ByteClass.inWord(bytes[p + 1]);
        boolean qualified = before == '.' && beforeEnd == position;
        if (!qualifies && !qualified) {
            word = vocabulary.find(bytes, position, length);
        }
        return token(Token.WORD, p);
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

    private int digit() {
        boolean qualified = before == '.' && beforeEnd == position;
        int p = qualified ? position : Lexemes.number(in, position, limit);
        return p > position ? number(p) : word();
    }

    private int number(int to) {
        start = position;
        end = to;
        position = to;
        out.put('?');
        kind = Token.NUMBER;
        return kind;
    }

    private int sign(int c) {
        int p = position + 1;
        if (Token.beforeSign(before) && p < limit) {
            boolean digit = ByteClass.OF[in[p] & 0xff] == ByteClass.DIGIT;
            boolean dot = in[p] == '.' && p + 1 < limit && ByteClass.OF[in[p + 1] & 0xff] == ByteClass.DIGIT;
            if (digit || dot) {
                int to = Lexemes.number(in, p, limit);
                if (to > p) {
                    return number(to);
                }
            }
        }
        return punctuation(c);
    }

    private int string() {
        int to = hidesQuotes
                ? Lexemes.quoted(in, position, limit, escapes, dialect.charset())
                : Lexemes.quoted(in, position, limit, escapes);
        if (to < 0) {
            return open();
        }
        start = position;
        end = to;
        position = to;
        out.put('?');
        kind = Token.STRING;
        return kind;
    }

    private int name() {
        int to = hidesQuotes
                ? Lexemes.quoted(in, position, limit, false, dialect.charset())
                : Lexemes.quoted(in, position, limit, false);
        return to < 0 ? open() : token(Token.NAME, to);
    }

    /** A quote or a comment that does not end: the rest stays as it is. */
    private int open() {
        unterminated = true;
        int to = limit;
        int kept = token(Token.BAD, to);
        executing = false;
        return kept;
    }

    private int variable() {
        int p = position + 1;
        boolean system = p < limit && in[p] == '@';
        if (system) {
            p++;
        }
        if (p < limit && (in[p] == '`' || (!system && (in[p] == '\'' || in[p] == '"')))) {
            boolean string = in[p] != '`' && !(in[p] == '"' && ansiQuotes);
            int to = Lexemes.quoted(in, p, limit, escapes && string, dialect.charset());
            if (to < 0) {
                return open();
            }
            p = to;
        } else {
            while (p < limit && (ByteClass.inWord(in[p]) || in[p] == '.')) {
                p++;
            }
        }
        return token(system ? Token.SYSTEM_VARIABLE : Token.VARIABLE, p);
    }

    private int punctuation(int c) {
        start = position++;
        end = position;
        out.put(c);
        kind = c;
        return c;
    }

    private int token(int tokenKind, int to) {
        start = position;
        end = to;
        position = to;
        kind = tokenKind;
        out.copy(in, start, to);
        return tokenKind;
    }

    private boolean lineComment(int c) {
        if (c != '-' || position + 1 >= limit || in[position + 1] != '-') {
            return false;
        }
        int p = position + 2;
        if (p < limit) {
            byte kindBehind = ByteClass.OF[in[p] & 0xff];
            if (kindBehind != ByteClass.SPACE && !(kindBehind == ByteClass.BAD && in[p] != '\\')) {
                nearComment |= kindBehind == ByteClass.WORD;
                return false;
            }
        }
        comment(p, Lexemes.line(in, p, limit), 0);
        return true;
    }

    /** Handles what begins with {@code /*}: false when the slash is an operator. */
    private boolean blockComment() {
        int p = position + 1;
        if (p >= limit || in[p] != '*') {
            return false;
        }
        p++;
        int opening = ExecutableComment.opening(in, p, limit, dialect);
        if (opening >= 0) {
            executableComment = true;
            executable(opening);
            return true;
        }
        int to = Lexemes.comment(in, p, limit, false);
        if (to < 0) {
            open();
        } else {
            comment(p, to - 2, 2);
        }
        return true;
    }

    private void executable(int from) {
        int digits = ExecutableComment.digits(in, from, limit);
        if (digits == 0 || ExecutableComment.runs(in, from, digits, dialect)) {
            out.copy(in, position, from);
            if (digits > 0) {
                out.put('?');
            }
            position = from + digits;
            executing = true;
            return;
        }
        int to = Lexemes.comment(in, from, limit, dialect.family() == ServerFamily.MARIADB);
        if (to < 0) {
            open();
        } else {
            skip(to);
        }
    }

    private void comment(int from, int to, int closer) {
        if (commentStart < 0) {
            commentStart = from;
            commentEnd = to;
        }
        skip(to + closer);
    }

    /** Passes over a comment; what it stood between stays apart. */
    private void skip(int to) {
        position = to;
        if (to < limit && ByteClass.OF[in[to] & 0xff] != ByteClass.SPACE) {
            out.separate();
        }
    }
}
