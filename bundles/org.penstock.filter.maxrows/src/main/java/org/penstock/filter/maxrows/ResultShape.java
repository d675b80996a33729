package org.penstock.filter.maxrows;

import java.util.ArrayList;
import java.util.List;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.session.SessionView;

/** The opening of the first result with columns of a reply, kept so that the same result can be given without its rows. */
final class ResultShape {
    private static final long DEPRECATE_EOF = 1L << 24;
    private static final int MORE_RESULTS = 0x0008;
    private static final int CURSOR_EXISTS = 0x0040;
    private static final int LAST_ROW_SENT = 0x0080;

    private final List<byte[]> opening = new ArrayList<>();
    private long command = -1;
    private int headers;

    /** Takes a part of a reply. */
    void seen(ReplyPart part) {
        if (part.command() != command) {
            opening.clear();
            headers = 0;
            command = part.command();
        }
        headers += part.kind() == ReplyPart.Kind.HEADER ? 1 : 0;
        if (headers == 1) {
            opening.add(part.payload().bytes());
        }
    }

    /** Forgets the reply. */
    void clear() {
        opening.clear();
        command = -1;
    }

    /** Whether the result has columns. A fetch from a cursor has rows alone. */
    boolean empty() {
        return opening.isEmpty();
    }

    /** The result without rows. */
    List<byte[]> withoutRows(SessionView session, int reportedStatus, boolean fetch) {
        int status = reportedStatus == 0 ? session.serverStatus() : reportedStatus;
        status &= ~(MORE_RESULTS | CURSOR_EXISTS);
        status |= fetch ? LAST_ROW_SENT : 0;
        List<byte[]> packets = new ArrayList<>(opening);
        byte low = (byte) status;
        byte high = (byte) (status >>> 8);
        packets.add(
                (session.capabilities() & DEPRECATE_EOF) != 0
                        ? new byte[] {(byte) 0xFE, 0, 0, low, high, 0, 0}
                        : new byte[] {(byte) 0xFE, 0, 0, low, high});
        return packets;
    }
}
