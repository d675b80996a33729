package org.penstock.wire.reply;

import org.penstock.wire.ByteSource;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CodecException;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWalker;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.ServerStatus;

/**
 * Follows the replies of one server connection, one at a time, by packet headers and the first bytes of payloads. Allocates nothing.
 *
 * <pre>
 * RESULT ─ OK ──────────────────────────────────────────────┐ more results: RESULT
 *   │ ├─── LOCAL INFILE ─ AFTER_INFILE ─ OK ────────────────┤ else:         ENDED
 *   │ └─── ERR ─ ENDED                                      │
 *   └ count ─ COLUMNS ─ COLUMNS_EOF ─ ROWS ─ EOF or OK 0xFE ┘   a cursor was opened: no ROWS
 * PREPARE ─ PREPARE_PARAMETERS ─ .._EOF ─ PREPARE_COLUMNS ─ .._EOF ─ ENDED
 * STATUS, FIELDS, STATISTICS, AUTHENTICATION, BINLOG ─ ENDED
 * </pre>
 *
 * The phases named EOF are skipped when DEPRECATE_EOF is negotiated. An ERR packet ends a reply in every phase, MariaDB's progress reports in none.
 * When no reply is due, an ERR packet is the server's farewell and shown as such; any other packet is unexpected. What is unexpected throws
 * {@link CodecException}; the tracker and the connection are of no further use then.
 *
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/4-server-response-packets">Server response packets, MariaDB</a>
 */
public final class ReplyTracker {
    /** The most payload bytes of a packet that are looked at. */
    public static final int MAX_PREFIX = 24;

    /** The most columns that a result may announce. MariaDB limits those of a table, but not those of a {@code SELECT} without one. */
    public static final int MAX_COLUMNS = 0xFF_FFFF;

    private final ReplyMachine machine = new ReplyMachine();
    private long rows;
    private long bytes;

    /** Starts on the reply to a command; the one before must have ended. For a command without a reply, {@link #ended()} is true at once. */
    public void begin(int commandByte, long capabilities) {
        if (!ended()) {
            throw new IllegalStateException(
                    "the reply to " + CommandType.name(command()) + " has not ended: " + machine.phase);
        }
        machine.begin(commandByte, capabilities);
        rows = 0;
        bytes = 0;
    }

    /** Forgets the current reply, as when its connection is lost. */
    public void reset() {
        machine.phase = ReplyPhase.ENDED;
    }

    /** Moves the walker to the next packet and takes it; {@link ReplyEvent#NONE} when the chunk does not hold enough of it. */
    public ReplyEvent next(PacketWalker walker) {
        return advance(walker) ? take(walker, walker.continuation()) : ReplyEvent.NONE;
    }

    /** As {@link #next}, but counts rows, binlog events and further packets of a payload without showing them. */
    public ReplyEvent nextBeyondRows(PacketWalker walker) {
        while (advance(walker)) {
            ReplyEvent event = take(walker, walker.continuation());
            if (event != ReplyEvent.ROW && event != ReplyEvent.CONTINUATION && event != ReplyEvent.BINLOG_EVENT) {
                return event;
            }
        }
        return ReplyEvent.NONE;
    }

    private boolean advance(PacketWalker walker) {
        return walker.next(MAX_PREFIX)
                || (walker.headed()
                        && walker.next(prefixNeeded(walker.first(), walker.length(), walker.continuation())));
    }

    /** Payload bytes that {@link #take} looks at for a packet in the current phase. */
    public int prefixNeeded(int firstByte, int payloadLength, boolean continuation) {
        if (continuation) {
            return 0;
        }
        boolean end = firstByte == ReplyMachine.EOF_BYTE && machine.endsRows(payloadLength);
        boolean plain = machine.phase == ReplyPhase.ROWS && !end && firstByte != ReplyMachine.ERR_BYTE;
        return Math.min(payloadLength, plain ? 1 : MAX_PREFIX);
    }

    /**
     * Takes one packet.
     *
     * @param payload its payload; {@link ByteSource#length()} is the whole length, bytes are readable as far as {@link #prefixNeeded} asks
     * @param continuation whether it goes on with the payload of the packet before
     */
    public ReplyEvent take(ByteSource payload, boolean continuation) {
        int length = payload.length();
        bytes += length + PacketWriter.HEADER;
        if (continuation) {
            return ReplyEvent.CONTINUATION;
        }
        if (length == 0) {
            throw machine.unexpected("a payload", "an empty one");
        }
        int first = payload.at(0) & 0xFF;
        if (machine.phase == ReplyPhase.ROWS && first <= machine.lastRowByte) {
            rows++;
            return ReplyEvent.ROW;
        }
        ReplyEvent event =
                first == ReplyMachine.ERR_BYTE ? machine.error(payload, length) : machine.take(payload, first, length);
        if (length == PacketWriter.MAX_PACKET && ended()) {
            throw machine.unexpected("a last packet below 16 MiB", "one that goes on");
        }
        if (event == ReplyEvent.ROW || event == ReplyEvent.BINLOG_EVENT) {
            rows++;
        }
        return event;
    }

    /** Whether no packet is due any more. */
    public boolean ended() {
        return machine.phase == ReplyPhase.ENDED;
    }

    /** Whether the reply goes on with another result. */
    public boolean moreResults() {
        return machine.phase == ReplyPhase.RESULT && machine.results > 0;
    }

    /** Whether the client's file content, up to an empty packet, comes before the server's next packet. */
    public boolean awaitsFile() {
        return machine.phase == ReplyPhase.AFTER_INFILE;
    }

    /** Command byte of the reply that is, or was last, followed. */
    public int command() {
        return machine.command;
    }

    /** {@link ServerStatus} flags as last reported in the reply. */
    public int status() {
        return machine.header.status;
    }

    /** Whether the reply has reported its status flags; an error alone has none. */
    public boolean statusSeen() {
        return machine.header.statusSeen;
    }

    public int warnings() {
        return machine.header.warnings;
    }

    /** Error number of the ERR packet that ended the reply, or 0. */
    public int errorCode() {
        return machine.header.errorCode;
    }

    /** Unsigned. */
    public long affectedRows() {
        return machine.header.affectedRows;
    }

    /** Unsigned. */
    public long insertId() {
        return machine.header.insertId;
    }

    /** Statement id of a prepare, unsigned. */
    public long statementId() {
        return machine.header.statementId;
    }

    /** Columns of the current result, or of a prepared statement. */
    public int columnCount() {
        return machine.columnCount;
    }

    /** Parameters of a prepared statement. */
    public int parameterCount() {
        return machine.parameterCount;
    }

    /** Whether the current result has its column definitions; false only with {@link Capabilities#CACHE_METADATA}. */
    public boolean metadataFollows() {
        return machine.metadataFollows;
    }

    /** Rows, or events of a binary log, over all results so far. */
    public long rows() {
        return rows;
    }

    /** Bytes so far, with headers. */
    public long bytes() {
        return bytes;
    }

    /** Results that have ended. */
    public int results() {
        return machine.results;
    }
}
