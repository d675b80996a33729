package org.penstock.protocol.mariadb;

import org.penstock.api.command.Payload;

/** A payload over an array. */
record Bytes(byte[] array) implements Payload {
    static Payload of(int... values) {
        byte[] array = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            array[i] = (byte) values[i];
        }
        return new Bytes(array);
    }

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
