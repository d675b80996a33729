package org.penstock.sql;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.penstock.api.statement.Flags;

/**
 * A {@link Classifier} that remembers short statements by their exact bytes and their dialect: BEGIN, COMMIT, SET NAMES and whatever else
 * comes again and again as it is. A statement is kept when it comes for the second time, so that those with ever new values neither fill the
 * memo nor cost more than a look. Belongs to one thread; allocates only when it keeps a statement.
 */
public final class StatementMemo {

    /** Bytes of the longest statement that is kept. */
    public static final int MAX_BYTES = 64;

    /** Statements that a memo keeps unless said otherwise. */
    public static final int DEFAULT_ENTRIES = 1024;

    private static final int WAYS = 2;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final Classifier classifier = new Classifier();
    private final Classification scratch = new Classification();
    private final @Nullable Entry[] entries;
    private final long[] seen;
    private long hits;
    private long misses;
    private long evictions;

    private record Entry(byte[] sql, Dialect dialect, Classification statement) {
        @SuppressWarnings("ReferenceEquality") // Spares a comparison that nearly always says equal.
        boolean is(byte[] bytes, int from, int to, Dialect by) {
            return Arrays.equals(sql, 0, sql.length, bytes, from, to) && (dialect == by || dialect.equals(by));
        }
    }

    /** A memo of the default size. */
    public StatementMemo() {
        this(DEFAULT_ENTRIES);
    }

    /** A memo of at least {@code size} statements, rounded up to a power of two. */
    public StatementMemo(int size) {
        int slots = Math.max(WAYS, Integer.highestOneBit(Math.max(1, size - 1)) * 2);
        entries = new @Nullable Entry[slots];
        seen = new long[slots];
    }

    /**
     * What {@link Classifier#classify} says of the statement from {@code from} to {@code to}. The result belongs to the memo and is valid until
     * the next call.
     */
    public Classification classify(byte[] sql, int from, int to, Dialect dialect) {
        int length = to - from;
        if (length > MAX_BYTES || length <= 0) {
            classifier.classify(sql, from, to, dialect, scratch);
            return scratch;
        }
        long hash = hash(sql, from, to, dialect);
        int slot = (int) (hash >>> Integer.SIZE) & (entries.length - 1) & -WAYS;
        Entry entry = entries[slot];
        if (entry != null && entry.is(sql, from, to, dialect)) {
            hits++;
            return entry.statement;
        }
        entry = entries[slot + 1];
        if (entry != null && entry.is(sql, from, to, dialect)) {
            hits++;
            return entry.statement;
        }
        misses++;
        classifier.classify(sql, from, to, dialect, scratch);
        int mark = (int) (hash >>> Integer.SIZE) & (seen.length - 1);
        if (seen[mark] != hash) {
            seen[mark] = hash;
        } else if (!scratch.has(Flags.HINT)) {
            // A hint is told by its place in the caller's array, which is another one each time.
            keep(slot, new Entry(Arrays.copyOfRange(sql, from, to), dialect, new Classification(scratch)));
        }
        return scratch;
    }

    private void keep(int slot, Entry entry) {
        evictions += entries[slot + 1] == null ? 0 : 1;
        entries[slot + 1] = entries[slot];
        entries[slot] = entry;
    }

    private static long hash(byte[] sql, int from, int to, Dialect dialect) {
        long h = to - from + ((long) dialect.version() << Byte.SIZE) + ((long) dialect.sqlMode() << Integer.SIZE);
        int p = from;
        for (; p <= to - Long.BYTES; p += Long.BYTES) {
            h = (h ^ (long) Vocabulary.LONGS.get(sql, p)) * MIX;
            h ^= h >>> 29;
        }
        if (p < to) {
            // The last eight bytes once more, or all of them when there are fewer.
            long tail = to - from >= Long.BYTES ? (long) Vocabulary.LONGS.get(sql, to - Long.BYTES) : few(sql, p, to);
            h = (h ^ tail) * MIX;
        }
        h = (h ^ h >>> Integer.SIZE) * MIX;
        return h ^ h >>> 29;
    }

    private static long few(byte[] sql, int from, int to) {
        long bytes = 0;
        for (int i = from; i < to; i++) {
            bytes = (bytes << Byte.SIZE) | (sql[i] & 0xff);
        }
        return bytes;
    }

    /** Statements that were remembered. */
    public long hits() {
        return hits;
    }

    /** Statements short enough that were not. */
    public long misses() {
        return misses;
    }

    /** Statements that gave way to others. */
    public long evictions() {
        return evictions;
    }
}
