package org.penstock.sql;

import java.nio.charset.StandardCharsets;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.TransactionEffect;

/**
 * What one statement is. Made once and filled again and again by a {@link Classifier}; belongs to the thread that does so. Copy what must
 * outlive the next statement.
 */
public final class Classification implements Statement {

    /** Bytes of the canonical form that are kept at most. */
    public static final int MAX_CANONICAL = 256 * 1024;

    private static final int FIRST_CANONICAL = 1024;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    Operation operation = Operation.UNDEFINED;
    int types;
    int flags;
    TransactionEffect effect = TransactionEffect.NONE;
    Pin pin = Pin.NONE;
    int hintStart = -1;
    int hintEnd = -1;

    byte[] canonical;
    int canonicalLength;
    long hash;

    /** An empty one. */
    public Classification() {
        canonical = new byte[FIRST_CANONICAL + Long.BYTES];
    }

    @Override
    public Operation operation() {
        return operation;
    }

    @Override
    public int types() {
        return types;
    }

    @Override
    public boolean is(int typeBits) {
        return (types & typeBits) != 0;
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public boolean has(int flagBits) {
        return (flags & flagBits) != 0;
    }

    @Override
    public TransactionEffect transactionEffect() {
        return effect;
    }

    @Override
    public Pin pin() {
        return pin;
    }

    /** Where the text of the first comment begins in the caller's array, when {@link Flags#HINT} is set; else -1. */
    @Override
    public int hintStart() {
        return hintStart;
    }

    /** Where that text ends. */
    @Override
    public int hintEnd() {
        return hintEnd;
    }

    /** The array with the canonical form in its first {@link #canonicalLength} bytes; valid until the next statement. */
    public byte[] canonicalBytes() {
        return canonical;
    }

    /** Length of the canonical form. */
    public int canonicalLength() {
        return canonicalLength;
    }

    /** Hash of the canonical form. */
    public long canonicalHash() {
        return hash;
    }

    /** The canonical form as text, for logs; bytes that are not UTF-8 are replaced. */
    public String canonicalText() {
        return new String(canonical, 0, canonicalLength, StandardCharsets.UTF_8);
    }

    /** Whether something kept by canonical form may be used for this statement. */
    public boolean isCacheable() {
        return !has(Flags.LITERAL_SENSITIVE
                | Flags.EXECUTABLE_COMMENT
                | Flags.UNTERMINATED
                | Flags.CUT
                | Flags.CANONICAL_CUT
                | Flags.UNKNOWN_VERB);
    }

    void clear(int length) {
        operation = Operation.UNDEFINED;
        types = 0;
        flags = 0;
        effect = TransactionEffect.NONE;
        pin = Pin.NONE;
        hintStart = -1;
        hintEnd = -1;
        int needed = Math.min(length, MAX_CANONICAL) + Long.BYTES;
        if (needed > canonical.length) {
            canonical = new byte[Math.min(Math.max(needed, 2 * canonical.length), MAX_CANONICAL + Long.BYTES)];
        }
    }

    /** Takes the length over and hashes, eight bytes at a time. */
    void finish(int length) {
        canonicalLength = length;
        // What lies behind the text is cleared, so that the last word can be read whole.
        Vocabulary.LONGS.set(canonical, length, 0L);
        // Two independent chains, since each step waits for the product before.
        long a = length;
        long b = MIX;
        int i = 0;
        for (; i + Long.BYTES < length; i += 2 * Long.BYTES) {
            a = (a ^ (long) Vocabulary.LONGS.get(canonical, i)) * MIX;
            b = (b ^ (long) Vocabulary.LONGS.get(canonical, i + Long.BYTES)) * MIX;
            a ^= a >>> 29;
            b ^= b >>> 29;
        }
        if (i < length) {
            a = (a ^ (long) Vocabulary.LONGS.get(canonical, i)) * MIX;
        }
        a ^= Long.rotateLeft(b, 32);
        a = (a ^ a >>> 32) * MIX;
        hash = a ^ a >>> 32;
    }
}
