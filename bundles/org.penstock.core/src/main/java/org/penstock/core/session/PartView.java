package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Payload;
import org.penstock.api.command.ReplyPart;

/** The one reusable view of a part of a reply. */
final class PartView implements ReplyPart {
    private final PayloadView payload = new PayloadView();
    private @Nullable Exchange exchange;
    private Kind kind = Kind.OTHER;

    void show(Exchange of, Kind partKind, @Nullable Bytes bytes, int from, int length) {
        exchange = of;
        kind = partKind;
        if (bytes == null) {
            payload.clear();
        } else {
            payload.show(bytes, from, length);
        }
    }

    void clear() {
        exchange = null;
        payload.clear();
    }

    private Exchange shown() {
        Exchange current = exchange;
        if (current == null) {
            throw new IllegalStateException("the view is not valid any more: it ended with the callback");
        }
        return current;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public long command() {
        return shown().number;
    }

    @Override
    public Payload payload() {
        return payload;
    }

    @Override
    public long rows() {
        return shown().rows;
    }

    @Override
    public long bytes() {
        return shown().bytes;
    }

    @Override
    public int status() {
        return shown().status;
    }

    @Override
    public int warnings() {
        return shown().warnings;
    }

    @Override
    public int error() {
        return shown().error;
    }
}
