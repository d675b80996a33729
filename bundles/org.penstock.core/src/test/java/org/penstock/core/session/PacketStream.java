package org.penstock.core.session;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Packets cut out of a stream of bytes; written for the tests alone, without the code under test. */
final class PacketStream {
    private byte[] buffer = new byte[0];
    private int start;
    private int end;

    record Packet(int sequence, byte[] payload) {}

    void add(byte[] bytes) {
        if (buffer.length - end < bytes.length) {
            int left = end - start;
            byte[] grown = new byte[Math.max(2 * (left + bytes.length), 256)];
            System.arraycopy(buffer, start, grown, 0, left);
            buffer = grown;
            start = 0;
            end = left;
        }
        System.arraycopy(bytes, 0, buffer, end, bytes.length);
        end += bytes.length;
    }

    int pending() {
        return end - start;
    }

    /** The next packet on the wire, or null. */
    Packet next() {
        if (end - start < 4) {
            return null;
        }
        int length = length(start);
        if (end - start < 4 + length) {
            return null;
        }
        Packet packet = new Packet(buffer[start + 3] & 0xFF, Arrays.copyOfRange(buffer, start + 4, start + 4 + length));
        start += 4 + length;
        return packet;
    }

    /** The next payload with the sequence number of its first packet, all its packets numbered in turn; or null. */
    Packet nextPayload() {
        int at = start;
        int packets = 0;
        while (true) {
            if (end - at < 4 || end - at < 4 + length(at)) {
                return null;
            }
            packets++;
            int length = length(at);
            at += 4 + length;
            if (length < 0xFFFFFF) {
                break;
            }
        }
        if (packets == 1) {
            return next();
        }
        int first = buffer[start + 3] & 0xFF;
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int i = 0; i < packets; i++) {
            Packet part = next();
            if (part.sequence() != ((first + i) & 0xFF)) {
                throw new AssertionError("packet " + i + " of a payload has number " + part.sequence());
            }
            whole.writeBytes(part.payload());
        }
        return new Packet(first, whole.toByteArray());
    }

    private int length(int at) {
        return (buffer[at] & 0xFF) | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF) << 16;
    }
}
