package org.penstock.sql;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Words of one server version: an open table from a word's bytes, in any letter case, to its {@link #ID} and properties. */
final class Vocabulary {

    /** The number of {@link Keyword}. */
    static final int ID = 0x1ff;
    /** Is not a name unless quoted. */
    static final int RESERVED = 1 << 9;
    /** No form of a call with it is grammar. */
    static final int NEVER_CALLED = 1 << 10;

    static final int FUNCTION = 1 << 11;
    /** With a blank before the bracket it is a stored function, unless IGNORE_SPACE. */
    static final int TIGHT = 1 << 12;
    /** In the vocabulary at all. */
    static final int KNOWN = 1 << 13;
    /** {@link Body} has a rule for it. */
    static final int IN_BODY = 1 << 14;
    /** Where the number of {@link FunctionEffect} begins. */
    static final int EFFECT_SHIFT = 16;

    static final int EFFECT = 0x7;
    /** Where the word's length begins. */
    private static final int LENGTH_SHIFT = 20;

    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int SLOTS = 1 << 13;
    private static final int SHIFT = 64 - 13;
    static final long FOLD = 0xdfdf_dfdf_dfdf_dfdfL;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final long[] heads = new long[SLOTS];
    private final byte[][] names = new byte[SLOTS][];
    private final int[] values = new int[SLOTS];

    /** Words in upper case and their values. */
    Vocabulary(Map<String, Integer> words) {
        words.forEach(this::put);
    }

    private void put(String word, int value) {
        byte[] name = word.getBytes(StandardCharsets.US_ASCII);
        long head = head(name, 0, name.length);
        int slot = slot(head, name.length);
        while (names[slot] != null) {
            slot = slot + 1 & SLOTS - 1;
        }
        heads[slot] = head;
        names[slot] = name;
        values[slot] = value | KNOWN | (Body.hasRule(value & ID) ? IN_BODY : 0) | name.length << LENGTH_SHIFT;
    }

    /** The value of a word, 0 when it is not in the vocabulary. */
    int find(byte[] bytes, int start, int length) {
        return find(bytes, start, length, head(bytes, start, length));
    }

    /** The same with {@link #head} at hand. */
    int find(byte[] bytes, int start, int length, long head) {
        int slot = slot(head, length);
        int value = values[slot];
        while (value != 0) {
            if (heads[slot] == head
                    && value >>> LENGTH_SHIFT == length
                    && (length <= Long.BYTES || sameTail(names[slot], bytes, start))) {
                return value;
            }
            slot = slot + 1 & SLOTS - 1;
            value = values[slot];
        }
        return 0;
    }

    private static boolean sameTail(byte[] name, byte[] bytes, int start) {
        for (int i = Long.BYTES; i < name.length; i++) {
            if (name[i] != upper(bytes[start + i])) {
                return false;
            }
        }
        return true;
    }

    static byte upper(byte value) {
        return value >= 'a' && value <= 'z' ? (byte) (value - 0x20) : value;
    }

    /** The first eight bytes with bit 5 cleared: different for different words of ASCII word characters that differ in more than case. */
    static long head(byte[] bytes, int start, int length) {
        long head = 0;
        if (bytes.length - start >= Long.BYTES) {
            head = (long) LONGS.get(bytes, start);
            if (length < Long.BYTES) {
                head &= (1L << (length << 3)) - 1;
            }
        } else {
            for (int i = Math.min(length, Long.BYTES) - 1; i >= 0; i--) {
                head = (head << 8) | (bytes[start + i] & 0xff);
            }
        }
        return head & FOLD;
    }

    private static int slot(long head, int length) {
        return (int) (((head + length) * MIX) >>> SHIFT);
    }
}
