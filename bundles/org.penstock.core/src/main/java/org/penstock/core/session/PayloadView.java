package org.penstock.core.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Payload;

/** The one reusable view through which modules of a session see bytes; empty outside a callback. */
final class PayloadView implements Payload {
    private @Nullable Bytes bytes;
    private int from;
    private int length;

    void show(Bytes source, int start, int count) {
        bytes = source;
        from = start;
        length = count;
    }

    void clear() {
        bytes = null;
        length = 0;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public byte at(int index) {
        Objects.checkIndex(index, length);
        return source().at(from + index);
    }

    @Override
    public void copy(int start, byte[] target, int offset, int count) {
        Objects.checkFromIndexSize(start, count, length);
        if (count > 0) {
            source().copy(from + start, target, offset, count);
        }
    }

    private Bytes source() {
        Bytes current = bytes;
        if (current == null) {
            throw new IllegalStateException("the view is not valid any more: it ended with the callback");
        }
        return current;
    }
}
