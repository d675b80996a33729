package org.penstock.core.session.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.wire.CommandType;

/**
 * What a session's servers have been told that makes its state: the commands for all servers that succeeded, in order, with the statements that were prepared.
 * Repeated on a connection that is opened later.
 *
 * <p>Of identical commands the last one is kept, where the ones between cannot tell the difference. Prepared statements are not counted, and leave when they
 * are closed.
 */
public final class History {
    /** Most bytes of commands; beyond, the oldest are forgotten, or all. Texts of prepared statements have a limit of their own. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /** How far back an identical command is looked for. */
    static final int MAX_LOOK_BACK = 64;

    /** One command. */
    public static final class Entry {
        private final long position;
        private final byte[] payload;
        private final @Nullable PreparedStatement statement;
        private final Assignment assignment;
        private final @Nullable String database;
        private @Nullable String under;

        private Entry(
                long position,
                byte[] payload,
                @Nullable PreparedStatement statement,
                Assignment assignment,
                @Nullable String database) {
            this.position = position;
            this.payload = payload;
            this.statement = statement;
            this.assignment = assignment;
            this.database = database;
        }

        /** Its place in the order; never used twice. */
        public long position() {
            return position;
        }

        /** The payload with the ids that the client knows. */
        public byte[] payload() {
            return payload;
        }

        public int code() {
            return payload[0] & 0xFF;
        }

        /** The statement that it prepares, executes or closes, or null. */
        public @Nullable PreparedStatement statement() {
            return statement;
        }

        /** The default database that a preparation needs where the command that set it was forgotten; else null. */
        public @Nullable String under() {
            return under;
        }

        /** Whether its reply need not be awaited before the next one is sent. */
        public boolean simple() {
            return code() == CommandType.STMT_PREPARE
                    || code() == CommandType.INIT_DB
                    || assignment != Assignment.OTHER;
        }

        private boolean counts() {
            return code() != CommandType.STMT_PREPARE && code() != CommandType.STMT_CLOSE;
        }
    }

    private final int limit;
    private final boolean prunes;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable String base;
    private long position;
    private int counted;
    private long bytes;
    private boolean whole = true;

    /**
     * @param limit most commands besides prepared statements
     * @param prunes whether beyond it the oldest is forgotten; otherwise all are
     * @param base default database with which the session began
     */
    public History(int limit, boolean prunes, @Nullable String base) {
        this.limit = limit;
        this.prunes = prunes;
        this.base = base;
    }

    /** Whether a new connection can be brought to where the session stands: nothing was forgotten, but by pruning. */
    public boolean whole() {
        return whole;
    }

    /** Something was done on the session's connections that cannot be repeated. */
    public void broken() {
        forget();
        whole = false;
    }

    /** The default database before the first command that is kept, or null for none. */
    public @Nullable String base() {
        return base;
    }

    /** Commands that are kept, prepared statements not counted. */
    public int length() {
        return counted;
    }

    /** Place of the last command, or of one that has left. */
    public long last() {
        return position;
    }

    /** The first command behind a place, or null. */
    public @Nullable Entry after(long place) {
        int from = 0;
        int to = entries.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (entries.get(middle).position <= place) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from < entries.size() ? entries.get(from) : null;
    }

    /**
     * A command for all servers has succeeded.
     *
     * @param payload with its command byte, and the ids that the client knows
     * @param statement the one that it prepares or executes, or null
     * @param database the default database that it sets, or null
     */
    public void add(byte[] payload, @Nullable PreparedStatement statement, @Nullable String database) {
        if (!whole) {
            return;
        }
        int code = payload[0] & 0xFF;
        if (!changes(code)) {
            return;
        }
        Assignment assignment = Assignment.of(payload, database != null);
        if (code == CommandType.QUERY && assignment == Assignment.OTHER && deallocated(payload)) {
            return;
        }
        replaced(payload, assignment);
        append(new Entry(++position, payload, statement, assignment, database));
        prune();
    }

    /** Whether a command for all servers may leave something behind at them. */
    public static boolean changes(int code) {
        return switch (code) {
            case CommandType.PING, CommandType.STATISTICS, CommandType.DEBUG, CommandType.REFRESH -> false;
            case CommandType.STMT_FETCH, CommandType.STMT_RESET, CommandType.STMT_CLOSE -> false;
            default -> true;
        };
    }

    private void append(Entry entry) {
        entries.add(entry);
        if (entry.counts()) {
            counted++;
            bytes += entry.payload.length;
        }
    }

    private Entry remove(int index) {
        Entry gone = entries.remove(index);
        if (gone.counts()) {
            counted--;
            bytes -= gone.payload.length;
        }
        return gone;
    }

    /** Takes out an identical earlier command whose effect nothing in between depends on. */
    private void replaced(byte[] payload, Assignment assignment) {
        if (assignment == Assignment.OTHER) {
            return;
        }
        int end = Math.max(0, entries.size() - MAX_LOOK_BACK);
        for (int i = entries.size() - 1; i >= end; i--) {
            Entry earlier = entries.get(i);
            if (earlier.assignment == assignment && java.util.Arrays.equals(earlier.payload, payload)) {
                remove(i);
                return;
            }
            if (!assignment.commutesWith(earlier.assignment)) {
                return;
            }
        }
    }

    /** A named statement is given up: whether its PREPARE could leave with it. */
    private boolean deallocated(byte[] payload) {
        String name = NamedStatement.deallocated(payload);
        if (name == null) {
            return false;
        }
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry earlier = entries.get(i);
            if (earlier.code() == CommandType.QUERY && earlier.assignment == Assignment.OTHER) {
                if (name.equals(NamedStatement.prepared(earlier.payload))) {
                    remove(i);
                    return true;
                }
                if (NamedStatement.mayExecute(earlier.payload)) {
                    return false;
                }
            }
        }
        return false;
    }

    private void prune() {
        while (counted > limit || bytes > MAX_BYTES) {
            if (!prunes) {
                broken();
                return;
            }
            int oldest = 0;
            while (!entries.get(oldest).counts()) {
                oldest++;
            }
            Entry gone = remove(oldest);
            if (gone.database != null) {
                rebase(gone.database, oldest);
            }
            PreparedStatement executed = gone.statement;
            if (executed != null && executed.closed()) {
                drop(executed);
            }
        }
    }

    private void rebase(String database, int behind) {
        for (Entry earlier : entries.subList(0, behind)) {
            if (earlier.under == null) {
                earlier.under = base;
            }
        }
        base = database;
    }

    /** The client has closed a statement. */
    public void closed(PreparedStatement statement) {
        if (!whole || !prepared(statement)) {
            return;
        }
        if (!drop(statement)) {
            byte[] payload = new byte[Parameters.ID_END];
            payload[0] = (byte) CommandType.STMT_CLOSE;
            Parameters.id(payload, statement.id());
            append(new Entry(++position, payload, statement, Assignment.OTHER, null));
        }
    }

    private boolean prepared(PreparedStatement statement) {
        for (Entry entry : entries) {
            if (entry.statement == statement) {
                return true;
            }
        }
        return false;
    }

    /** Takes out the preparation and the closing of a statement that no kept command executes; whether there is none. */
    private boolean drop(PreparedStatement statement) {
        for (Entry entry : entries) {
            if (entry.statement == statement && entry.counts()) {
                return false;
            }
        }
        entries.removeIf(entry -> entry.statement == statement);
        return true;
    }

    private void forget() {
        entries.clear();
        counted = 0;
        bytes = 0;
    }

    /** The session's state was reset: it is that of a new connection, with this default database. */
    public void clear(@Nullable String database) {
        forget();
        position++;
        base = database;
        whole = true;
    }
}
