package org.penstock.core.session;

import java.util.Objects;

/** Bytes of an array on the heap, which the garbage collector frees. */
public final class ArrayBytes implements Bytes {
    private final byte[] array;
    private final int offset;
    private final int length;

    public ArrayBytes(byte[] array) {
        this(array, 0, array.length);
    }

    public ArrayBytes(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public byte at(int index) {
        Objects.checkIndex(index, length);
        return array[offset + index];
    }

    @Override
    public void copy(int from, byte[] target, int at, int count) {
        Objects.checkFromIndexSize(from, count, length);
        System.arraycopy(array, offset + from, target, at, count);
    }

    @Override
    public void putInt(int index, int value) {
        Objects.checkFromIndexSize(index, Integer.BYTES, length);
        for (int i = 0; i < Integer.BYTES; i++) {
            array[offset + index + i] = (byte) (value >>> (8 * i));
        }
    }

    @Override
    public Bytes slice(int from, int count) {
        Objects.checkFromIndexSize(from, count, length);
        return new ArrayBytes(array, offset + from, count);
    }

    @Override
    public void release() {}
}
