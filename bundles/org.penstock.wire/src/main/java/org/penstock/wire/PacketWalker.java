package org.penstock.wire;

import org.jspecify.annotations.Nullable;

/**
 * A cursor over the packets of one direction of a connection, in chunks as they arrive. Nothing is copied but the first bytes of a packet that a
 * chunk's end cuts, at most {@link #MAX_PREFIX} and a header; nothing is allocated.
 *
 * <pre>
 * walker.feed(chunk);
 * while (walker.next(prefix)) { ... walker.length(), walker.at(0), walker.start(), walker.end() ... }
 * </pre>
 *
 * As a {@link ByteSource} it shows the payload of the current packet, of which the asked prefix is readable. Indices are those of the current
 * chunk: {@link #start()} is negative when the packet began in an earlier one, {@link #end()} lies beyond the chunk when the payload goes on.
 */
public final class PacketWalker implements ByteSource {
    /** The most payload bytes that can be asked for before a packet is shown. */
    public static final int MAX_PREFIX = 32;

    private static final int HEADER = PacketWriter.HEADER;
    private static final int FULL = PacketWriter.MAX_PACKET;
    private static final int UNCHECKED = -1;

    private final byte[] carried = new byte[HEADER + MAX_PREFIX];
    private @Nullable ByteSource chunk;
    private int limit;
    private int start;
    private int length;
    private int sequence;
    private int expectedSequence = UNCHECKED;
    private boolean current;
    private boolean usedUp = true;
    private boolean shownHere;
    private boolean full;
    private boolean continuation;

    /** Goes on with the next chunk. The one before must be used up, that is {@link #next} or {@link #headed} has returned false; it is not read again. */
    public void feed(ByteSource next) {
        if (!usedUp) {
            throw new IllegalStateException("the chunk before is not used up");
        }
        usedUp = false;
        start -= limit;
        shownHere = false;
        chunk = next;
        limit = next.length();
    }

    /** Moves to the next packet, when its header and the first {@code prefix} bytes of its payload, or all, are here. */
    public boolean next(int prefix) {
        if (current) {
            leave();
        }
        if (limit - start >= HEADER) {
            readHeader();
            if (limit - start - HEADER >= Math.min(length, prefix)) {
                return enter();
            }
        }
        carry();
        return false;
    }

    /**
     * Whether the header and the first payload byte, if there is one, of the packet that {@link #next} would move to are here. When true,
     * {@link #length()}, {@link #first()} and {@link #continuation()} are that packet's.
     */
    public boolean headed() {
        if (current) {
            leave();
        }
        if (limit - start >= HEADER) {
            readHeader();
            if (length == 0 || limit - start > HEADER) {
                return true;
            }
        }
        carry();
        return false;
    }

    private void leave() {
        start += HEADER + length;
        current = false;
    }

    private void readHeader() {
        int header = start >= 0 && chunk != null ? chunk.intAt(start) : carriedHeader();
        length = header & FULL;
        sequence = header >>> 24;
        continuation = full;
    }

    private int carriedHeader() {
        return (raw(0) & 0xFF) | ((raw(1) & 0xFF) << 8) | ((raw(2) & 0xFF) << 16) | (raw(3) << 24);
    }

    private boolean enter() {
        if (expectedSequence != UNCHECKED) {
            if (sequence != expectedSequence) {
                throw new CodecException("expected a packet with sequence " + expectedSequence + ", got " + sequence);
            }
            expectedSequence = (expectedSequence + 1) & 0xFF;
        }
        full = length == FULL;
        current = true;
        shownHere = true;
        return true;
    }

    private void carry() {
        ByteSource source = chunk;
        if (limit - start > carried.length) {
            throw new IllegalArgumentException("prefix: expected at most " + MAX_PREFIX);
        }
        usedUp = true;
        if (source != null) {
            for (int i = Math.max(start, 0); i < limit; i++) {
                carried[i - start] = source.at(i);
            }
        }
    }

    /** Byte of the current packet, counted from its header. */
    private byte raw(int index) {
        int at = start + index;
        return at >= 0 && chunk != null ? chunk.at(at) : carried[index];
    }

    /** Payload length of the current packet, 0 to 0xFFFFFF, whether it is here or not. */
    @Override
    public int length() {
        return length;
    }

    /** A byte of the current packet's payload, within the prefix that was asked for or within the chunk. */
    @Override
    public byte at(int index) {
        return raw(HEADER + index);
    }

    /** The first payload byte, 0 to 255; -1 for an empty payload. */
    public int first() {
        return length == 0 ? -1 : at(0) & 0xFF;
    }

    public int sequence() {
        return sequence;
    }

    /** Whether the current packet goes on with the payload of the one before, so that its first byte means nothing. */
    public boolean continuation() {
        return continuation;
    }

    /** Whether the payload goes on in the next packet. */
    public boolean continues() {
        return length == FULL;
    }

    /** Index in the chunk of the current packet's header; negative when it began in an earlier chunk. */
    public int start() {
        return start;
    }

    /** Index in the chunk behind the current packet's payload; larger than the chunk when it goes on. */
    public int end() {
        return start + HEADER + length;
    }

    /** Whether all of the current packet's payload is readable by {@link #at}: the packet was shown in this chunk and ends in it. */
    public boolean whole() {
        return current && shownHere && end() <= limit;
    }

    /** Index in the chunk from which bytes belong to no packet shown so far: the chunk's length, or less when its end cuts a header or prefix. */
    public int unshown() {
        int from = current ? start + HEADER + length : start;
        return Math.max(0, Math.min(from, limit));
    }

    /** Bytes of the packet that comes next which arrived in earlier chunks. */
    public int carriedBytes() {
        return current ? 0 : Math.max(0, -start);
    }

    /** From the next packet on, sequence numbers must count up from {@code next}. */
    public void expectSequence(int next) {
        expectedSequence = next & 0xFF;
    }

    /** Sequence numbers are not checked any more. */
    public void ignoreSequence() {
        expectedSequence = UNCHECKED;
    }

    /** The sequence number that must come next, or -1 when they are not checked. */
    public int expectedSequence() {
        return expectedSequence;
    }
}
