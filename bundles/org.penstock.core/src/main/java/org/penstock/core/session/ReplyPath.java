package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.wire.ByteSource;
import org.penstock.wire.CodecException;
import org.penstock.wire.CommandType;
import org.penstock.wire.reply.ReplyEvent;
import org.penstock.wire.reply.ReplyTracker;

/**
 * The servers' side of the session: follows replies by their packet headers and passes them to the client in the buffers they came in.
 *
 * <p>Bytes of one chunk leave as one slice. Copied are only the first bytes of a packet that a chunk's end cuts before it can be told what it is, and packets
 * that a filter asked to see and that lie in two chunks.
 */
final class ReplyPath {
    private static final int HEADER = CommandPath.HEADER;

    private final SessionMachine machine;
    private final ReplyHooks hooks;
    private final PacketSource packet = new PacketSource();
    private @Nullable Bytes chunk;
    private int runStart;
    private int runEnd;

    /** The payload of the packet that is looked at, for the tracker. */
    private static final class PacketSource implements ByteSource {
        private ByteSource bytes = ByteSource.of(new byte[0]);
        private int from;
        private int length;

        void show(ByteSource source, int start, int count) {
            bytes = source;
            from = start;
            length = count;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public byte at(int index) {
            return bytes.at(from + index);
        }
    }

    ReplyPath(SessionMachine machine) {
        this.machine = machine;
        this.hooks = new ReplyHooks(machine, this);
    }

    ReplyHooks hooks() {
        return hooks;
    }

    /** A command is sent to a server: its reply is awaited there. */
    void await(Link link, Exchange exchange) {
        link.expected().add(exchange);
        exchange.described = !machine.keeping().descriptions().concern(exchange);
        if (CommandType.outlivesReset(exchange.code)) {
            link.spoil();
        }
        if (link.expected().size() == 1) {
            link.tracker().begin(exchange.code, machine.state().capabilities());
        }
    }

    void receive(Link link, Bytes received) {
        Bytes bytes = join(link, received);
        chunk = bytes;
        runStart = 0;
        runEnd = 0;
        try {
            scan(link, bytes);
        } catch (CodecException e) {
            flushRun();
            machine.ends().broken(link, e);
        } finally {
            chunk = null;
            if (runEnd == runStart || machine.phase() == SessionMachine.Phase.CLOSED) {
                bytes.release();
            } else if (runStart == 0 && runEnd == bytes.length()) {
                machine.port().toClient(bytes);
            } else {
                machine.port().toClient(bytes.slice(runStart, runEnd - runStart));
                bytes.release();
            }
        }
    }

    private static Bytes join(Link link, Bytes received) {
        byte[] carried = link.carried;
        if (carried == null) {
            return received;
        }
        link.carried = null;
        byte[] joined = java.util.Arrays.copyOf(carried, carried.length + received.length());
        received.copy(0, joined, carried.length, received.length());
        received.release();
        return new ArrayBytes(joined);
    }

    private void scan(Link link, Bytes bytes) {
        int pos = 0;
        int end = bytes.length();
        while (pos < end && machine.follows() && link.open() && !link.doomed()) {
            if (link.skip > 0) {
                pos = skip(link, pos, end);
            } else if (link.gathered != null) {
                pos = gather(link, bytes, pos, end);
            } else {
                int next = packet(link, bytes, pos, end);
                if (next < 0) {
                    carry(link, bytes, pos, end);
                    return;
                }
                pos = next;
            }
        }
    }

    private int skip(Link link, int pos, int end) {
        int count = Math.min(link.skip, end - pos);
        link.skip -= count;
        Exchange exchange = link.expected().peek();
        if (exchange != null && transparent(exchange)) {
            run(pos, pos + count);
        }
        ReplyEvent event = link.pending;
        if (link.skip == 0 && event != null) {
            link.pending = null;
            passed(link, exchange, event);
        }
        return pos + count;
    }

    /** Takes the packet at a position; returns the position behind what was used, or -1 when too little of it is here. */
    private int packet(Link link, Bytes bytes, int pos, int end) {
        int have = end - pos - HEADER;
        if (have < 0) {
            return -1;
        }
        int length = bytes.unsignedAt(pos) | bytes.unsignedAt(pos + 1) << 8 | bytes.unsignedAt(pos + 2) << 16;
        if (have == 0 && length > 0) {
            return -1;
        }
        ReplyTracker tracker = link.tracker();
        int first = length == 0 ? -1 : bytes.unsignedAt(pos + HEADER);
        int needed = tracker.prefixNeeded(first, length, link.continued);
        Exchange exchange = link.expected().peek();
        if (exchange != null && exchange.followed) {
            needed = StateReport.needed(first, length, needed);
        }
        if (have < needed) {
            return -1;
        }
        if (exchange != null && whole(exchange) && have < length) {
            byte[] target = new byte[HEADER + length];
            bytes.copy(pos, target, 0, HEADER + have);
            link.gathered = target;
            link.gatherFilled = HEADER + have;
            return end;
        }
        packet.show(bytes, pos + HEADER, length);
        ReplyEvent event = tracker.take(packet, link.continued);
        if (event == ReplyEvent.PREPARE_OK && exchange != null) {
            machine.keeping().ids().preparedAt(link, exchange, bytes, pos + HEADER);
        }
        if (exchange != null && exchange.followed) {
            StateReport.read(machine, exchange, event, tracker.status(), bytes, pos + HEADER, length);
        }
        if (exchange != null && event == ReplyEvent.ERR && machine.ends().farewell(link, exchange)) {
            return end;
        }
        link.continued = length == CommandPath.CONTINUED;
        link.lastSequence = bytes.unsignedAt(pos + 3);
        int behind = pos + HEADER + length;
        if (exchange == null) {
            machine.ends().unexpected(link, event, bytes, pos + HEADER, Math.min(length, have));
            return end;
        }
        if (whole(exchange)) {
            shown(link, exchange, event, bytes, pos, length);
        } else if (transparent(exchange)) {
            run(pos, Math.min(behind, end));
        }
        if (behind > end) {
            link.skip = behind - end;
            link.pending = event;
            return end;
        }
        if (event != ReplyEvent.ROW) {
            passed(link, exchange, event);
        }
        return behind;
    }

    private int gather(Link link, Bytes bytes, int pos, int end) {
        byte[] target = link.gathered;
        if (target == null) {
            throw new IllegalStateException("nothing is gathered");
        }
        int count = Math.min(target.length - link.gatherFilled, end - pos);
        bytes.copy(pos, target, link.gatherFilled, count);
        link.gatherFilled += count;
        if (link.gatherFilled < target.length) {
            return end;
        }
        link.gathered = null;
        flushRun();
        Exchange exchange = link.expected().peek();
        if (exchange == null) {
            throw new IllegalStateException("a gathered packet without its command");
        }
        ArrayBytes whole = new ArrayBytes(target);
        packet.show(whole, HEADER, target.length - HEADER);
        ReplyEvent event = link.tracker().take(packet, link.continued);
        if (event == ReplyEvent.PREPARE_OK) {
            machine.keeping().ids().preparedAt(link, exchange, whole, HEADER);
        }
        if (exchange.followed) {
            StateReport.read(machine, exchange, event, link.tracker().status(), whole, HEADER, target.length - HEADER);
        }
        if (event == ReplyEvent.ERR && machine.ends().farewell(link, exchange)) {
            return end;
        }
        link.continued = target.length - HEADER == CommandPath.CONTINUED;
        Bytes outer = chunk;
        chunk = whole;
        link.lastSequence = whole.unsignedAt(HEADER - 1);
        runStart = 0;
        runEnd = 0;
        try {
            shown(link, exchange, event, whole, 0, target.length - HEADER);
            flushRun();
        } finally {
            chunk = outer;
            runStart = 0;
            runEnd = 0;
        }
        passed(link, exchange, event);
        return pos + count;
    }

    private static void carry(Link link, Bytes bytes, int pos, int end) {
        byte[] rest = new byte[end - pos];
        bytes.copy(pos, rest, 0, rest.length);
        link.carried = rest;
    }

    /** Whether packets of the reply are forwarded as they are, without being shown to anyone. */
    private static boolean transparent(Exchange exchange) {
        return exchange.owner == Exchange.Owner.CLIENT && !exchange.inspected && !exchange.muted && !exchange.renumber;
    }

    /** Whether packets of the reply must be at hand as a whole. */
    private static boolean whole(Exchange exchange) {
        if (exchange.owner == Exchange.Owner.CLIENT) {
            return !exchange.described || (!exchange.muted && (exchange.inspected || exchange.renumber));
        }
        return !exchange.described || exchange.owner == Exchange.Owner.QUESTION;
    }

    private void shown(Link link, Exchange exchange, ReplyEvent event, Bytes bytes, int pos, int length) {
        ReplyTracker tracker = link.tracker();
        exchange.status = tracker.status();
        exchange.warnings = tracker.warnings();
        exchange.error = tracker.errorCode();
        boolean given = !exchange.described
                && machine.keeping().descriptions().packet(link, exchange, event, bytes, pos, length);
        if (given) {
            return;
        }
        Questions question = exchange.question;
        if (question != null) {
            question.packet(exchange, event, bytes, pos + HEADER, length);
        } else if (exchange.owner == Exchange.Owner.CLIENT && !exchange.muted) {
            hooks.packet(exchange, event, bytes, pos, length);
        }
    }

    /** A packet has passed with its last byte. */
    private void passed(Link link, @Nullable Exchange exchange, ReplyEvent event) {
        if (exchange == null) {
            return;
        }
        ReplyTracker tracker = link.tracker();
        if (event == ReplyEvent.LOCAL_INFILE) {
            localFile(link, exchange);
        }
        if (tracker.ended()) {
            ended(link, exchange);
        }
    }

    private void localFile(Link link, Exchange exchange) {
        if (exchange.owner == Exchange.Owner.CLIENT && !exchange.muted) {
            flushRun();
            machine.beginLocalData(link, exchange);
        } else {
            // nobody gives the file: an empty one
            byte[] empty = {0, 0, 0, (byte) (link.lastSequence + 1)};
            machine.port().toServer(link, new ArrayBytes(empty));
        }
    }

    private void ended(Link link, Exchange exchange) {
        ReplyTracker tracker = link.tracker();
        link.expected().poll();
        link.lastSequence = -1;
        exchange.rows = tracker.rows();
        exchange.bytes = tracker.bytes();
        exchange.error = tracker.errorCode();
        exchange.status = tracker.status();
        exchange.statusSeen = tracker.statusSeen();
        exchange.warnings = tracker.warnings();
        exchange.given |= exchange.collected == null;
        Exchange next = link.expected().peek();
        if (next != null) {
            tracker.begin(next.code, machine.state().capabilities());
        }
        machine.ends().ended(link, exchange);
    }

    /** Marks a part of the current chunk as to be forwarded; adjacent parts leave together. */
    void run(int from, int to) {
        if (runEnd != from) {
            flushRun();
            runStart = from;
        }
        runEnd = to;
    }

    /** Sends what is to be forwarded of the current chunk. */
    void flushRun() {
        Bytes bytes = chunk;
        if (bytes != null && runEnd > runStart) {
            machine.port().toClient(bytes.slice(runStart, runEnd - runStart));
        }
        runStart = runEnd;
    }
}
