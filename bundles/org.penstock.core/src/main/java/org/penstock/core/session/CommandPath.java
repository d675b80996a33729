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
    private final ArrayDeque<Bytes> backlog = new ArrayDeque<>(4);
    private @Nullable Bytes input;
    private int pos;

    private Phase phase = Phase.COMMAND;
    private int headerFilled;
    private int headerBits;
    private int packetLeft;
    private boolean packetContinued;
    private int lastSequence;
    private @Nullable Link sink;
    private @Nullable Exchange body;
    private @Nullable Gathering gathering;

    private final CommandRun run;
    private boolean pumping;

    CommandPath(SessionMachine machine) {
        this.machine = machine;
        this.run = new CommandRun(machine);
    }

    /** Whether bytes of the client wait to be looked at. */
    boolean hasInput() {
        return input != null || !backlog.isEmpty();
    }

    /** Whether no command is half passed on. */
    boolean betweenCommands() {
        return phase == Phase.COMMAND;
    }

    /** Whether the client is sending a local file. */
    boolean readingFile() {
        return phase == Phase.LOCAL_DATA;
    }

    /** Whether bytes of this command, or of the file that it asked for, are still to come. */
    boolean reading(Exchange exchange) {
        return body == exchange;
    }

    void receive(Bytes chunk) {
        backlog.add(chunk);
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
            Bytes current = input;
            if (current != null && pos == current.length()) {
                endInput();
            } else {
                flushRun();
            }
        } finally {
            pumping = false;
        }
        machine.flow().steer();
    }

    private boolean ensureInput() {
        if (gathering != null && !gatherMore(gathering)) {
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
        if (ended != null) {
            input = null;
            run.end(ended);
        }
    }

    private boolean step() {
        return switch (phase) {
            case COMMAND -> command();
            case BODY, LOCAL_DATA -> content();
        };
    }

    private boolean command() {
        if (machine.decision().wantsWhole()) {
            return whole();
        }
        if (!machine.admits()) {
            return false;
        }
        Bytes current = input();
        int available = current.length() - pos;
        if (available < HEADER) {
            return gather(HEADER);
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
        if (available < HEADER + 1) {
            return gather(HEADER + 1);
        }
        int need = HEADER + Math.min(length, machine.chain().need(current.unsignedAt(pos + HEADER), length));
        if (available < need) {
            return gather(need);
        }
        int shown = Math.min(length, available - HEADER);
        machine.decision().begin(current, pos + HEADER, shown, length == CONTINUED ? -1 : length);
        return goesOn();
    }

    private boolean goesOn() {
        return machine.running()
                && (!machine.decision().pending() || machine.decision().wantsWhole());
    }

    /** Brings all of the command that is being decided. */
    private boolean whole() {
        Bytes current = input();
        int length = lengthAt(pos);
        if (current.length() - pos < HEADER + length) {
            return gather(HEADER + length);
        }
        machine.decision().whole(current, pos + HEADER, length);
        return goesOn();
    }

    private static SqlError malformed(String what) {
        return new SqlError(1835, "HY000", "Malformed communication packet: " + what);
    }

    /** Passes the decided command on to a server as it is. */
    void forward(Link link, Exchange exchange) {
        consume(link, exchange);
    }

    /** Reads the decided command to its end without passing it on. */
    void discard(Exchange exchange) {
        consume(null, exchange);
    }

    private void consume(@Nullable Link link, Exchange exchange) {
        Bytes current = input();
        int length = lengthAt(pos);
        int end = pos + HEADER + length;
        int at = Math.min(end, current.length());
        if (link != null) {
            run.add(current, link, pos, at);
        }
        pos = at;
        begin(Phase.BODY, link, exchange);
        lastSequence = 0;
        packetLeft = end - at;
        packetContinued = length == CONTINUED;
        if (packetLeft == 0 && !packetContinued) {
            read();
        }
    }

    private void begin(Phase next, @Nullable Link link, Exchange exchange) {
        phase = next;
        body = exchange;
        sink = link;
        packetLeft = 0;
        packetContinued = false;
        headerFilled = 0;
        headerBits = 0;
    }

    /** From here on the client's packets are the content of a local file for that server, until an empty one. */
    void beginLocalData(Link link, Exchange exchange) {
        flushRun();
        begin(Phase.LOCAL_DATA, link, exchange);
    }

    /** A command without a reply ends with its last byte. */
    void releaseWhenRead(Exchange exchange) {
        if (body == exchange) {
            exchange.released = true;
        } else {
            machine.exchanges().release(exchange);
        }
    }

    /** The reply ended before the command did. */
    void replied(Exchange exchange) {
        if (body == exchange) {
            body = null;
        }
    }

    /** The server is gone: what was meant for it is dropped. */
    void lost(Link link) {
        if (sink == link) {
            sink = null;
        }
        run.lost(link);
    }

    /** The last byte of a command, or of the file that it asked for, was read. */
    private void read() {
        Link link = sink;
        if (link != null && phase == Phase.LOCAL_DATA) {
            link.lastSequence = lastSequence;
        }
        phase = Phase.COMMAND;
        sink = null;
        Exchange read = body;
        body = null;
        if (read == null) {
            return;
        }
        read.commandRead = true;
        if (lastSequence != 0) {
            read.replySequence = (lastSequence + 1) & 0xFF;
            read.nextSequence = read.replySequence;
        }
        byte[] late = read.late;
        Link lateLink = read.lateLink;
        if (late != null && lateLink != null && lateLink.ready()) {
            read.late = null;
            machine.port().toServer(lateLink, new ArrayBytes(late));
        }
        if (read.released) {
            machine.exchanges().release(read);
        } else if (read.isLocal()) {
            machine.exchanges().answerDue();
        }
    }

    /** Passes on bytes of a command behind its first ones, or of a local file. */
    private boolean content() {
        Bytes current = input();
        int start = pos;
        boolean ended = false;
        while (pos < current.length() && !ended) {
            if (packetLeft > 0) {
                ended = payload(current);
            } else if (header(current)) {
                ended = packetLeft == 0 && (phase == Phase.LOCAL_DATA ? !packetContinued : true);
                packetContinued = packetLeft == CONTINUED;
                if (ended && machine.decision().streaming()) {
                    machine.decision().part(current, pos, 0, true);
                }
            }
        }
        Link link = sink;
        if (link != null) {
            run.add(current, link, start, pos);
        }
        if (ended) {
            read();
        }
        return machine.running();
    }

    private boolean payload(Bytes current) {
        int step = Math.min(packetLeft, current.length() - pos);
        int from = pos;
        pos += step;
        packetLeft -= step;
        boolean last = phase == Phase.BODY && packetLeft == 0 && !packetContinued;
        if (machine.decision().streaming()) {
            machine.decision().part(current, from, step, last);
        }
        return last;
    }

    /** Reads header bytes; true when a header is complete, its length then in packetLeft. */
    private boolean header(Bytes current) {
        while (headerFilled < HEADER && pos < current.length()) {
            headerBits |= current.unsignedAt(pos++) << (8 * headerFilled++);
        }
        if (headerFilled < HEADER) {
            return false;
        }
        packetLeft = headerBits & CONTINUED;
        lastSequence = headerBits >>> 24;
        headerFilled = 0;
        headerBits = 0;
        return true;
    }

    /** Sends what is to be forwarded of the current chunk. */
    void flushRun() {
        run.flush(input);
    }

    private boolean gather(int wanted) {
        Bytes current = input();
        flushRun();
        Gathering begun = new Gathering(wanted);
        begun.take(current, pos);
        input = null;
        pos = 0;
        gathering = begun;
        current.release();
        return true;
    }

    private boolean gatherMore(Gathering begun) {
        while (!begun.full()) {
            Bytes next = backlog.poll();
            if (next == null) {
                return false;
            }
            int count = begun.take(next, 0);
            if (count < next.length()) {
                backlog.addFirst(next.slice(count, next.length() - count));
            }
            next.release();
        }
        gathering = null;
        input = begun.bytes();
        pos = 0;
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
        Link half = sink;
        if (half != null) {
            half.spoil();
        }
        Bytes current = input;
        input = null;
        run.clear();
        gathering = null;
        sink = null;
        body = null;
        if (current != null) {
            current.release();
        }
        for (Bytes waiting = backlog.poll(); waiting != null; waiting = backlog.poll()) {
            waiting.release();
        }
    }
}
