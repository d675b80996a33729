package org.penstock.sql;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Structures by canonical form and everything else that they depend on. Belongs to one thread, as a rule one for each event loop. Statements
 * whose meaning depends on a literal pass it by.
 */
public final class StructureCache {

    /** Entries of a cache unless said otherwise. */
    public static final int DEFAULT_ENTRIES = 1024;

    /** Bytes of a canonical form above which a structure is not kept. */
    public static final int MAX_CANONICAL = 8 * 1024;

    private static final int WAYS = 2;

    private final StructureScanner scanner = new StructureScanner();
    private final @Nullable Entry[] entries;
    private long hits;
    private long misses;
    private long evictions;
    private long bypasses;

    private record Entry(long hash, byte[] canonical, Dialect dialect, Structure structure) {
        boolean is(Classification statement, Dialect by) {
            return hash == statement.hash
                    && Arrays.equals(canonical, 0, canonical.length, statement.canonical, 0, statement.canonicalLength)
                    && dialect.equals(by);
        }
    }

    /** A cache of the default size. */
    public StructureCache() {
        this(DEFAULT_ENTRIES);
    }

    /** A cache of at least {@code size} entries, rounded up to a power of two. */
    public StructureCache(int size) {
        entries = new @Nullable Entry[Math.max(WAYS, Integer.highestOneBit(Math.max(1, size - 1)) * 2)];
    }

    /** The structure of a statement that was just classified from the same bytes. */
    public Structure get(byte[] sql, int from, int to, Dialect dialect, Classification statement) {
        if (!statement.isCacheable() || statement.canonicalLength > MAX_CANONICAL) {
            bypasses++;
            return scanner.scan(sql, from, to, dialect, 0);
        }
        int slot = (int) statement.hash & (entries.length - 1) & -WAYS;
        for (int i = slot; i < slot + WAYS; i++) {
            Entry entry = entries[i];
            if (entry != null && entry.is(statement, dialect)) {
                hits++;
                return entry.structure;
            }
        }
        misses++;
        Structure structure = scanner.scan(sql, from, to, dialect, 0);
        Entry former = entries[slot];
        evictions += entries[slot + 1] == null ? 0 : 1;
        entries[slot + 1] = former;
        entries[slot] = new Entry(
                statement.hash, Arrays.copyOf(statement.canonical, statement.canonicalLength), dialect, structure);
        return structure;
    }

    /** Structures that were found. */
    public long hits() {
        return hits;
    }

    /** Structures that had to be made and were kept. */
    public long misses() {
        return misses;
    }

    /** Structures that gave way to others. */
    public long evictions() {
        return evictions;
    }

    /** Structures that were made and not kept. */
    public long bypasses() {
        return bypasses;
    }
}
