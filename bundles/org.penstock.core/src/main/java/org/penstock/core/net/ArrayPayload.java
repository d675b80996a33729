package org.penstock.core.net;

import org.penstock.api.command.Payload;

/** A payload of an array. */
record ArrayPayload(byte[] array) implements Payload {
    @Override
    public int length() {
        return array.length;
    }

    @Override
    public byte at(int index) {
        return array[index];
    }

    @Override
    public void copy(int from, byte[] target, int offset, int count) {
        System.arraycopy(array, from, target, offset, count);
    }
}
