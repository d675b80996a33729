package org.penstock.sql;

/** The comments of a statement: where they end, which of them servers execute, and the text of the first. */
final class Comments {

    /** No comment begins here. */
    static final int NONE = -1;
    /** One begins and does not end. */
    static final int OPEN = -2;

    /** Inside a comment that is executed. */
    boolean executing;

    /** There was one. */
    boolean executable;
    /** Two minus signs with a letter behind: no comment, though it looks like one. */
    boolean near;

    /** Text of the first comment, as offsets; -1 without one. */
    int start;

    int end;

    private final CanonicalWriter out;

    Comments(CanonicalWriter canonical) {
        out = canonical;
    }

    void begin() {
        executing = false;
        executable = false;
        near = false;
        start = -1;
        end = -1;
    }

    /** The index behind the comment whose two minus signs may begin at {@code p}, or {@link #NONE}. */
    int dashes(byte[] in, int p, int limit) {
        if (in[p] != '-' || p + 1 >= limit || in[p + 1] != '-') {
            return NONE;
        }
        int text = p + 2;
        if (text < limit) {
            byte behind = ByteClass.OF[in[text] & 0xff];
            if (behind != ByteClass.SPACE && !(behind == ByteClass.BAD && in[text] != '\\')) {
                near |= behind == ByteClass.WORD;
                return NONE;
            }
        }
        return line(in, p, text, limit);
    }

    /** The index behind the comment that begins at {@code p}, its text at {@code text}, and ends with the line. */
    int line(byte[] in, int p, int text, int limit) {
        int to = Lexemes.line(in, text, limit);
        note(text, to);
        return skip(in, p, to, limit);
    }

    /** The index at which to go on behind what the slash at {@code p} begins, {@link #NONE} or {@link #OPEN}. */
    int slash(byte[] in, int p, int limit, Dialect dialect) {
        int text = p + 2;
        if (text > limit || p + 1 >= limit || in[p + 1] != '*') {
            return NONE;
        }
        int opening = ExecutableComment.opening(in, text, limit, dialect);
        if (opening >= 0) {
            executable = true;
            return executable(in, p, opening, limit, dialect);
        }
        int to = Lexemes.comment(in, text, limit, false);
        if (to < 0) {
            return OPEN;
        }
        note(text, to - 2);
        return skip(in, p, to, limit);
    }

    private int executable(byte[] in, int p, int from, int limit, Dialect dialect) {
        int digits = ExecutableComment.digits(in, from, limit);
        if (digits == 0 || ExecutableComment.runs(in, from, digits, dialect)) {
            if (digits > 0) {
                out.replace(from, from + digits);
            }
            executing = true;
            return from + digits;
        }
        int to = Lexemes.comment(in, from, limit, dialect.family() == ServerFamily.MARIADB);
        return to < 0 ? OPEN : skip(in, p, to, limit);
    }

    private void note(int from, int to) {
        if (start < 0) {
            start = from;
            end = to;
        }
    }

    private int skip(byte[] in, int from, int to, int limit) {
        out.drop(from, to, to < limit && ByteClass.OF[in[to] & 0xff] != ByteClass.SPACE);
        return to;
    }
}
