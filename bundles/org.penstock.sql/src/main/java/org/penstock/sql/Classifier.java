package org.penstock.sql;

import java.util.Objects;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Types;

/**
 * Says what a statement is, in one pass over its bytes that also makes the canonical form. Belongs to one thread; allocates nothing once its
 * result's buffer has grown. Throws only on indexes outside the array.
 */
public final class Classifier {

    /** Bytes that are read of a statement; what is longer is judged by its beginning and flagged {@link Flags#CUT}. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final byte[] PREPARED = {' ', ';', 'P'};
    private static final byte[] HINT_WORD = {'M', 'A', 'X', 'S', 'C', 'A', 'L', 'E'};

    private final Tokenizer tokenizer = new Tokenizer();
    private final Verbs verbs = new Verbs(tokenizer);

    /** Classifies the statement from {@code from} (inclusive) to {@code to} (exclusive). */
    public void classify(byte[] sql, int from, int to, Dialect dialect, Classification result) {
        int end = Math.min(to, from + MAX_BYTES);
        pass(sql, from, end, dialect, result);
        if (end < to) {
            cut(result);
        }
        result.finish(tokenizer.canonical().written());
    }

    /** Classifies a statement of which only the beginning is at hand: never a read. */
    public void classifyHead(byte[] sql, int from, int to, Dialect dialect, Classification result) {
        pass(sql, from, Math.min(to, from + MAX_BYTES), dialect, result);
        cut(result);
        result.finish(tokenizer.canonical().written());
    }

    /** Classifies the text of COM_STMT_PREPARE: the same with {@link Types#PREPARE_STMT} and another canonical form. */
    public void classifyPrepared(byte[] sql, int from, int to, Dialect dialect, Classification result) {
        int end = Math.min(to, from + MAX_BYTES);
        pass(sql, from, end, dialect, result);
        if (end < to) {
            cut(result);
        }
        result.types |= Types.PREPARE_STMT;
        int length = tokenizer.canonical().written();
        if (length + PREPARED.length <= result.canonical.length - Long.BYTES) {
            System.arraycopy(PREPARED, 0, result.canonical, length, PREPARED.length);
            length += PREPARED.length;
        } else {
            result.flags |= Flags.CANONICAL_CUT;
        }
        result.finish(length);
    }

    private void pass(byte[] sql, int from, int to, Dialect dialect, Classification result) {
        Objects.checkFromToIndex(from, to, sql.length);
        result.clear(to - from + PREPARED.length);
        tokenizer.start(sql, from, to, dialect, result.canonical);
        verbs.classify(result);
        if (tokenizer.unterminated) {
            result.flags |= Flags.UNTERMINATED;
            result.types |= Types.WRITE;
        }
        Comments comments = tokenizer.comments();
        if (comments.near) {
            result.types |= Types.WRITE;
        }
        if (comments.executable) {
            result.flags |= Flags.EXECUTABLE_COMMENT;
        }
        if (tokenizer.canonical().isCut()) {
            result.flags |= Flags.CANONICAL_CUT;
        }
        if (comments.start >= 0) {
            hint(sql, comments, result);
        }
    }

    private static void cut(Classification result) {
        result.flags |= Flags.CUT;
        result.types |= Types.WRITE;
    }

    private static void hint(byte[] sql, Comments comments, Classification result) {
        int p = comments.start;
        int end = comments.end;
        while (p < end && ByteClass.OF[sql[p] & 0xff] == ByteClass.SPACE) {
            p++;
        }
        int behind = p + HINT_WORD.length;
        if (behind < end
                && SystemVariable.same(HINT_WORD, sql, p)
                && ByteClass.OF[sql[behind] & 0xff] == ByteClass.SPACE) {
            result.flags |= Flags.HINT;
            result.hintStart = comments.start;
            result.hintEnd = end;
        }
    }
}
