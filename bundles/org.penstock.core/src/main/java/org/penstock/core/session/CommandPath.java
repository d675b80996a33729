package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.state.Parameters;
import org.penstock.wire.CommandType;

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

    /** First byte of what a semi-synchronous replica sends while it is sent the binary log: no command, and without a reply. */
    private static final int SEMI_SYNC_ACK = 0xEF;

    private enum Phase {
        COMMAND,
        BODY,
        LOCAL_DATA
    }

    private final SessionMachine machine;

    private Phase phase = Phase.COMMAND;
    private int headerFilled;
    private int headerBits;
    private int packetLeft;
    private boolean packetContinued;
    private int lastSequence;
    private @Nullable Link sink;
    private @Nullable Exchange body;

    private final CommandRun run;
    private final ClientInput input;
    private boolean pumping;

    CommandPath(SessionMachine machine) {
        this.machine = machine;
        this.run = new CommandRun(machine);
        this.input = new ClientInput(run);
    }

    /** Whether bytes of the client wait to be looked at. */
    boolean hasInput() {
        return !input.isEmpty();
    }

    /** Whether no command is half passed on. */
    boolean betweenCommands() {
        return phase == Phase.COMMAND;
    }

    /** Whether the client is sending a local file. */
    boolean readingFile() {
        return phase == Phase.LOCAL_DATA;
    }

    /** Whether a part of a command or file for that server is still to come. */
    boolean sendsTo(Link link) {
        return sink == link;
    }

    /** Whether bytes of this command, or of the file that it asked for, are still to come. */
    boolean reading(Exchange exchange) {
        return body == exchange;
    }

    void receive(Bytes chunk) {
        input.receive(chunk);
    }

    /** Works through what is at hand until a command must wait. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (machine.running() && input.ensure() && step()) {
                // each step consumes
            }
            input.pause();
        } finally {
            pumping = false;
        }
        machine.flow().steer();
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
        Link primary = machine.exchanges().dumping();
        if (primary == null && !machine.admits()) {
            return false;
        }
        Bytes current = input.bytes();
        int available = current.length() - input.pos;
        if (available < HEADER) {
            return input.gather(HEADER);
        }
        int length = input.length();
        if (length == 0) {
            machine.end(malformed("a command packet without a command byte"));
            return false;
        }
        if (current.at(input.pos + 3) != 0) {
            machine.end(new SqlError(1156, "08S01", "Got packets out of order"));
            return false;
        }
        if (available < HEADER + 1) {
            return input.gather(HEADER + 1);
        }
        if (primary != null) {
            if (current.unsignedAt(input.pos + HEADER) == SEMI_SYNC_ACK) {
                acknowledge(primary);
                return true;
            }
            if (!machine.admits()) {
                return false;
            }
        }
        int need = HEADER + Math.min(length, need(current, available, length));
        if (available < need) {
            return input.gather(need);
        }
        int shown = Math.min(length, available - HEADER);
        machine.decision().begin(current, input.pos + HEADER, shown, length == CONTINUED ? -1 : length);
        return goesOn();
    }

    private int need(Bytes current, int available, int length) {
        int from = input.pos + HEADER;
        int code = current.unsignedAt(from);
        int seen =
                Math.max(machine.chain().need(code, length), CommandType.usesStatement(code) ? Parameters.ID_END : 1);
        return Math.max(seen, machine.keeping().ids().need(current, from, Math.min(length, available - HEADER)));
    }

    /** A replica confirms what it got: for its primary alone, whatever a move or another command waits for. */
    private void acknowledge(Link primary) {
        Exchange oneWay = machine.exchanges().acquire(0, SEMI_SYNC_ACK);
        oneWay.released = true;
        consume(primary, oneWay);
    }

    private boolean goesOn() {
        return machine.running()
                && (!machine.decision().pending() || machine.decision().wantsWhole());
    }

    /** Brings all of the command that is being decided. */
    private boolean whole() {
        Bytes current = input.bytes();
        int length = input.length();
        if (current.length() - input.pos < HEADER + length) {
            return input.gather(HEADER + length);
        }
        machine.decision().whole(current, input.pos + HEADER, length);
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
        Bytes current = input.bytes();
        int length = input.length();
        int end = input.pos + HEADER + length;
        int at = Math.min(end, current.length());
        if (link != null) {
            if (exchange.patched) {
                current.putInt(input.pos + HEADER + 1, exchange.statementId);
            }
            run.add(current, link, input.pos, at);
        }
        input.pos = at;
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
        Bytes current = input.bytes();
        int start = input.pos;
        boolean ended = false;
        while (input.pos < current.length() && !ended) {
            if (packetLeft > 0) {
                ended = payload(current);
            } else if (header(current)) {
                ended = packetLeft == 0 && (phase == Phase.LOCAL_DATA ? !packetContinued : true);
                packetContinued = packetLeft == CONTINUED;
                if (ended && machine.decision().streaming()) {
                    machine.decision().part(current, input.pos, 0, true);
                }
            }
        }
        Link link = sink;
        if (link != null) {
            run.add(current, link, start, input.pos);
        }
        if (ended) {
            read();
        }
        return machine.running();
    }

    private boolean payload(Bytes current) {
        int step = Math.min(packetLeft, current.length() - input.pos);
        int from = input.pos;
        input.pos += step;
        packetLeft -= step;
        boolean last = phase == Phase.BODY && packetLeft == 0 && !packetContinued;
        if (machine.decision().streaming()) {
            machine.decision().part(current, from, step, last);
        }
        return last;
    }

    /** Reads header bytes; true when a header is complete, its length then in packetLeft. */
    private boolean header(Bytes current) {
        while (headerFilled < HEADER && input.pos < current.length()) {
            headerBits |= current.unsignedAt(input.pos++) << (8 * headerFilled++);
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
        input.flush();
    }

    /** Drops everything that was read and not passed on. */
    void close() {
        Link half = sink;
        if (half != null) {
            half.spoil();
        }
        input.close();
        sink = null;
        body = null;
    }
}
