package org.penstock.core.session;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;

/**
 * The client's side of the session: frames commands, shows each to the {@link Decision}, and passes its bytes on to where it was sent.
 *
 * <pre>
 *   COMMAND --decided--> BODY --last byte--> COMMAND
 *      |                                        ^
 *      +--a server asked for a local file--> LOCAL_DATA --empty packet--+
 * </pre>
 *
 * Nothing is copied where a command lies in one chunk: adjacent commands to one server leave as one slice of what was read. A command of which more must be
 * seen than has arrived is gathered, up to what was asked for.
 */
final class CommandPath {
    /** Bytes of a packet header. */
    static final int HEADER = 4;

    /** Payload length that says that the next packet continues this one. */
    static final int CONTINUED = 0xFFFFFF;

    private enum Phase {
        COMMAND,
        BODY,
        LOCAL_DATA
    }

    private final SessionMachine machine;
    private final ArrayDeque<Bytes> backlog = new ArrayDeque<>();
    private @Nullable Bytes input;
    private int pos;

    private Phase phase = Phase.COMMAND;
    private final byte[] header = new byte[HEADER];
    private int headerFilled;
    private int packetLeft;
    private boolean packetContinued;
    private int lastSequence;
    private @Nullable Link sink;
    private @Nullable Exchange body;

    private byte @Nullable [] gathered;
    private int gatherFilled;

    private @Nullable Link runLink;
    private int runStart;
    private int runEnd;
    private boolean pumping;

    CommandPath(SessionMachine machine) {
        this.machine = machine;
    }

    /** Whether bytes of the client wait to be looked at. */
    boolean hasInput() {
        return input != null || !backlog.isEmpty();
    }

    /** Whether no command is half passed on. */
    boolean betweenCommands() {
        return phase == Phase.COMMAND;
    }

    void receive(Bytes chunk) {
        backlog.add(chunk);
        pump();
    }

    /** Works through what is at hand until a command must wait. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (machine.running() && ensureInput() && step()) {
                // each step consumes
            }
            flushRun();
        } finally {
            pumping = false;
        }
        machine.steerClientReads();
    }

    private boolean ensureInput() {
        if (gathered != null && !fillGathered()) {
            return false;
        }
        Bytes current = input;
        if (current != null && pos < current.length()) {
            return true;
        }
        endInput();
        input = backlog.poll();
        pos = 0;
        return input != null;
    }

    private void endInput() {
        Bytes ended = input;
        if (ended == null) {
            return;
        }
        Link link = runLink;
        input = null;
        if (link != null && runStart == 0 && runEnd == ended.length()) {
            runLink = null;
            machine.port().toServer(link, ended);
            return;
        }
        if (link != null) {
            runLink = null;
            machine.port().toServer(link, ended.slice(runStart, runEnd - runStart));
        }
        ended.release();
    }

    private boolean step() {
        return switch (phase) {
            case COMMAND -> command();
            case BODY -> body();
            case LOCAL_DATA -> localData();
        };
    }

    private boolean command() {
        Bytes current = input();
        if (!machine.admits()) {
            return false;
        }
        int available = current.length() - pos;
        if (available < HEADER + 1) {
            if (available >= HEADER && lengthAt(pos) == 0) {
                machine.end(malformed("a command packet without a command byte"));
                return false;
            }
            return gather(HEADER + 1);
        }
        int length = lengthAt(pos);
        if (length == 0) {
            machine.end(malformed("a command packet without a command byte"));
            return false;
        }
        if (current.at(pos + 3) != 0) {
            machine.end(new SqlError(1156, "08S01", "Got packets out of order"));
            return false;
        }
        int need = HEADER + Math.min(length, machine.need(current.unsignedAt(pos + HEADER)));
        if (available < need) {
            return gather(need);
        }
        int shown = Math.min(length, available - HEADER);
        machine.decision().begin(current, pos + HEADER, shown, length == CONTINUED ? -1 : length);
        return machine.running() && !machine.decision().pending();
    }

    private static SqlError malformed(String what) {
        return new SqlError(1835, "HY000", "Malformed communication packet: " + what);
    }

    /** Passes the decided command on to a server as it is. */
    void forward(Link link, Exchange exchange) {
        Bytes current = input();
        lastSequence = 0;
        if (exchange.renumber) {
            flushRun();
        }
        consume(current, link, exchange);
    }

    /** Reads the decided command to its end without passing it on. */
    void discard(Exchange exchange) {
        lastSequence = 0;
        consume(input(), null, exchange);
    }

    private void consume(Bytes current, @Nullable Link link, Exchange exchange) {
        int length = lengthAt(pos);
        int end = pos + HEADER + length;
        int at = Math.min(end, current.length());
        if (link != null) {
            run(link, pos, at);
        }
        pos = at;
        packetLeft = end - at;
        packetContinued = length == CONTINUED;
        sink = link;
        body = exchange;
        headerFilled = 0;
        if (packetLeft > 0 || packetContinued) {
            phase = Phase.BODY;
        } else {
            bodyRead();
        }
    }

    /** A command without a reply ends with its last byte. */
    void releaseWhenRead(Exchange exchange) {
        if (body == exchange) {
            exchange.released = true;
        } else {
            machine.exchanges().release(exchange);
        }
    }

    private void bodyRead() {
        phase = Phase.COMMAND;
        Exchange read = body;
        body = null;
        if (read != null) {
            read.commandRead = true;
            if (read.isLocal()) {
                read.replySequence = (lastSequence + 1) & 0xFF;
            }
            if (read.released) {
                machine.exchanges().release(read);
            } else {
                machine.exchanges().commandRead(read);
            }
        }
    }

    private boolean body() {
        Bytes current = input();
        int start = pos;
        boolean ended = false;
        while (pos < current.length() && !ended) {
            if (packetLeft > 0) {
                int step = Math.min(packetLeft, current.length() - pos);
                pos += step;
                packetLeft -= step;
            } else if (readHeader(current)) {
                packetContinued = packetLeft == CONTINUED;
                lastSequence = header[3] & 0xFF;
            }
            ended = packetLeft == 0 && headerFilled == 0 && !packetContinued;
        }
        if (sink != null && pos > start) {
            run(sink, start, pos);
        }
        machine.decision().part(current, start, pos - start, ended);
        if (ended) {
            bodyRead();
        }
        return machine.running();
    }

    /** Reads header bytes; true when a header is complete, its length then in packetLeft. */
    private boolean readHeader(Bytes current) {
        while (headerFilled < HEADER && pos < current.length()) {
            header[headerFilled++] = current.at(pos++);
        }
        if (headerFilled < HEADER) {
            return false;
        }
        headerFilled = 0;
        packetLeft = (header[0] & 0xFF) | (header[1] & 0xFF) << 8 | (header[2] & 0xFF) << 16;
        return true;
    }

    /** From here on the client's packets are the content of a local file for that server, until an empty one. */
    void beginLocalData(Link link, Exchange exchange) {
        flushRun();
        phase = Phase.LOCAL_DATA;
        body = exchange;
        sink = link;
        packetLeft = 0;
        packetContinued = false;
        headerFilled = 0;
    }

    private boolean localData() {
        Bytes current = input();
        Link link = sink;
        int start = pos;
        boolean ended = false;
        while (pos < current.length() && !ended) {
            if (packetLeft > 0) {
                int step = Math.min(packetLeft, current.length() - pos);
                pos += step;
                packetLeft -= step;
            } else if (readHeader(current)) {
                ended = packetLeft == 0 && !packetContinued;
                packetContinued = packetLeft == CONTINUED;
            }
        }
        if (link != null) {
            run(link, start, pos);
        }
        machine.decision().part(current, start, pos - start, ended);
        if (ended) {
            phase = Phase.COMMAND;
            Exchange read = body;
            body = null;
            if (read != null) {
                read.nextSequence = (header[3] & 0xFF) + 1;
            }
        }
        return machine.running();
    }

    private void run(Link link, int from, int to) {
        if (runLink == link && runEnd == from) {
            runEnd = to;
            return;
        }
        sliceRun();
        runLink = link;
        runStart = from;
        runEnd = to;
    }

    /** Sends what is to be forwarded of the current chunk. */
    void flushRun() {
        Bytes current = input;
        if (current != null && pos == current.length()) {
            endInput();
        } else {
            sliceRun();
        }
    }

    private void sliceRun() {
        Bytes current = input;
        Link link = runLink;
        if (link != null && current != null) {
            runLink = null;
            machine.port().toServer(link, current.slice(runStart, runEnd - runStart));
        }
    }

    private boolean gather(int wanted) {
        Bytes current = input();
        flushRun();
        byte[] target = new byte[wanted];
        int available = current.length() - pos;
        current.copy(pos, target, 0, available);
        current.release();
        input = null;
        gathered = target;
        gatherFilled = available;
        return true;
    }

    private boolean fillGathered() {
        byte[] target = gathered;
        while (target != null && gatherFilled < target.length) {
            Bytes next = backlog.poll();
            if (next == null) {
                return false;
            }
            int count = Math.min(next.length(), target.length - gatherFilled);
            next.copy(0, target, gatherFilled, count);
            gatherFilled += count;
            if (count < next.length()) {
                backlog.addFirst(next.slice(count, next.length() - count));
            }
            next.release();
        }
        if (target != null) {
            input = new ArrayBytes(target);
            pos = 0;
            gathered = null;
        }
        return true;
    }

    private int lengthAt(int at) {
        Bytes current = input();
        return current.unsignedAt(at) | current.unsignedAt(at + 1) << 8 | current.unsignedAt(at + 2) << 16;
    }

    private Bytes input() {
        Bytes current = input;
        if (current == null) {
            throw new IllegalStateException("no input");
        }
        return current;
    }

    /** Drops everything that was read and not passed on. */
    void close() {
        Bytes current = input;
        input = null;
        runLink = null;
        gathered = null;
        if (current != null) {
            current.release();
        }
        for (Bytes waiting = backlog.poll(); waiting != null; waiting = backlog.poll()) {
            waiting.release();
        }
    }
}
