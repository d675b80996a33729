package org.penstock.core.session;

/** Counts who holds bytes: each holder passes them on or releases them exactly once. */
final class Ledger {
    private int open;

    int open() {
        return open;
    }

    Bytes bytes(byte[] content) {
        return new Held(content, 0, content.length);
    }

    private final class Held implements Bytes {
        private final byte[] array;
        private final int offset;
        private final int length;
        private boolean released;

        Held(byte[] array, int offset, int length) {
            this.array = array;
            this.offset = offset;
            this.length = length;
            open++;
        }

        private void use() {
            if (released) {
                throw new AssertionError("bytes are used after they were released");
            }
        }

        @Override
        public int length() {
            use();
            return length;
        }

        @Override
        public byte at(int index) {
            use();
            if (index < 0 || index >= length) {
                throw new AssertionError("index " + index + " of " + length);
            }
            return array[offset + index];
        }

        @Override
        public void copy(int from, byte[] target, int at, int count) {
            use();
            if (from < 0 || count < 0 || from + count > length) {
                throw new AssertionError("copy " + from + "+" + count + " of " + length);
            }
            System.arraycopy(array, offset + from, target, at, count);
        }

        @Override
        public void putInt(int index, int value) {
            use();
            if (index < 0 || index + Integer.BYTES > length) {
                throw new AssertionError("put at " + index + " of " + length);
            }
            new ArrayBytes(array, offset, length).putInt(index, value);
        }

        @Override
        public Bytes slice(int from, int count) {
            use();
            if (from < 0 || count <= 0 || from + count > length) {
                throw new AssertionError("slice " + from + "+" + count + " of " + length);
            }
            return new Held(array, offset + from, count);
        }

        @Override
        public void release() {
            use();
            released = true;
            open--;
        }
    }

    /** Takes bytes over: their content, with the holder released. */
    static byte[] take(Bytes bytes) {
        byte[] content = new byte[bytes.length()];
        bytes.copy(0, content, 0, content.length);
        bytes.release();
        return content;
    }
}
