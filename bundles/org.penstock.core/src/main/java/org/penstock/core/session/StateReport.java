package org.penstock.core.session;

import org.penstock.wire.Capabilities;
import org.penstock.wire.CodecException;
import org.penstock.wire.ServerStatus;
import org.penstock.wire.packet.EofPacket;
import org.penstock.wire.packet.OkPacket;
import org.penstock.wire.packet.SessionChange;
import org.penstock.wire.reply.ReplyEvent;

/** What servers report of a session's state in the packets that end a result. */
final class StateReport {
    /** Longest such packet that is waited for as a whole; what a longer one reports is not known. */
    private static final int MAX_LENGTH = 64 * 1024;

    private StateReport() {}

    /** Payload bytes of a packet that must be at hand, where {@code needed} are without this. */
    static int needed(int first, int length, int needed) {
        boolean ends = first == OkPacket.HEADER || first == EofPacket.HEADER;
        return ends && needed > 1 && length <= MAX_LENGTH ? length : needed;
    }

    /** Takes over what a packet reports. */
    static void read(
            SessionMachine machine,
            Exchange exchange,
            ReplyEvent event,
            int status,
            Bytes bytes,
            int from,
            int length) {
        Following following = machine.keeping().following();
        long capabilities = machine.state().capabilities();
        boolean reports = (event == ReplyEvent.OK || event == ReplyEvent.ROWS_END)
                && (status & ServerStatus.SESSION_STATE_CHANGED) != 0
                && Capabilities.has(capabilities, Capabilities.SESSION_TRACK);
        boolean old = event == ReplyEvent.ROWS_END && !Capabilities.has(capabilities, Capabilities.DEPRECATE_EOF);
        if (!reports || old || following == null) {
            return;
        }
        if (length > MAX_LENGTH) {
            following.reportedTooMuch(exchange);
            return;
        }
        byte[] payload = new byte[length];
        bytes.copy(from, payload, 0, length);
        try {
            following.reported(
                    exchange,
                    SessionChange.decode(OkPacket.decode(payload, capabilities).sessionChanges()));
        } catch (CodecException e) {
            following.reportedTooMuch(exchange);
        }
    }
}
