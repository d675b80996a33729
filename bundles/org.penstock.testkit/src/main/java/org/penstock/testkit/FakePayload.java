package org.penstock.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.penstock.api.command.Payload;

/** A payload over an array. After {@link #expire} every access fails, as a view that a module has kept does. */
public final class FakePayload implements Payload {
    private final byte[] bytes;
    private boolean expired;

    public FakePayload(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** The UTF-8 bytes of a text. */
    public static FakePayload of(String text) {
        return new FakePayload(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the loan: a later access throws {@link IllegalStateException}. */
    public void expire() {
        expired = true;
    }

    @Override
    public int length() {
        check();
        return bytes.length;
    }

    @Override
    public byte at(int index) {
        check();
        return bytes[Objects.checkIndex(index, bytes.length)];
    }

    @Override
    public void copy(int from, byte[] target, int offset, int count) {
        check();
        System.arraycopy(bytes, from, target, offset, count);
    }

    private void check() {
        if (expired) {
            throw new IllegalStateException("a borrowed view was used after the call that lent it had returned");
        }
    }
}
