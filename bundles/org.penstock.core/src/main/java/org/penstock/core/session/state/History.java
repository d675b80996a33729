package org.penstock.core.session.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.sql.SessionEffect;
import org.penstock.wire.CommandType;

/**
 * What a session's servers have been told that makes its state: the commands for all servers that succeeded, in order, with the statements that were prepared.
 * Repeated on a connection that is opened later.
 *
 * <p>Of identical commands one is kept, where the ones between cannot tell the difference. Beyond the limit what later commands have overwritten leaves, where
 * that is wanted. What is still in force never leaves alone: where there is no room for it, nothing is kept, and the session gets no further connection.
 * Prepared statements are not counted, and leave when they are closed.
 */
public final class History {
    /** Most bytes of commands that are in force. Texts of prepared statements have a limit of their own until they are closed. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /** How far back an identical command is looked for. */
    static final int MAX_LOOK_BACK = 64;

    /** A long history is looked through for what is overwritten when it has grown by that part of its limit. */
    private static final int SLACK = 1024;

    private final int limit;
    private final boolean prunes;
    private List<HistoryEntry> entries = new ArrayList<>();
    private @Nullable String base;
    private long position;
    private int counted;
    private long bytes;
    private boolean whole = true;
    private boolean full;

    /**
     * @param limit most commands besides prepared statements
     * @param prunes whether beyond it those leave that others have overwritten; otherwise all do
     * @param base default database with which the session began
     */
    public History(int limit, boolean prunes, @Nullable String base) {
        this.limit = limit;
        this.prunes = prunes;
        this.base = base;
    }

    /** Whether a new connection can be brought to where the session stands: nothing that is in force was forgotten. */
    public boolean whole() {
        return whole;
    }

    /** Whether it is not whole because there is no room for all that is in force. */
    public boolean full() {
        return full;
    }

    public int limit() {
        return limit;
    }

    /** Whether what is overwritten makes room. */
    public boolean prunes() {
        return prunes;
    }

    /** Something was done on the session's connections that cannot be repeated. */
    public void broken() {
        forget();
        whole = false;
    }

    /** The default database before the first command, or null for none. */
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
    public @Nullable HistoryEntry after(long place) {
        int from = 0;
        int to = entries.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (entries.get(middle).position() <= place) {
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
     * @param text what its text, or that of the statement that it executes, sets and needs
     */
    public void add(
            byte[] payload, @Nullable PreparedStatement statement, @Nullable String database, SessionEffect text) {
        if (!whole || !changes(payload[0] & 0xFF)) {
            return;
        }
        HistoryEntry entry = new HistoryEntry(position + 1, payload, statement, database, text);
        if (statement != null && entry.counts() && !concerns(statement, 0)) {
            broken();
        } else if (!withdraws(entry) && !repeats(entry)) {
            append(entry);
            prune();
        }
    }

    /** Whether a command for all servers may leave something behind at them. */
    public static boolean changes(int code) {
        return switch (code) {
            case CommandType.PING, CommandType.STATISTICS, CommandType.DEBUG, CommandType.REFRESH -> false;
            case CommandType.STMT_FETCH, CommandType.STMT_RESET, CommandType.STMT_CLOSE -> false;
            default -> true;
        };
    }

    private void append(HistoryEntry entry) {
        position = entry.position();
        entries.add(entry);
        if (entry.counts()) {
            counted++;
        }
        bytes += entry.bytes();
    }

    private void remove(int index) {
        HistoryEntry gone = entries.remove(index);
        if (gone.counts()) {
            counted--;
        }
        bytes -= gone.bytes();
    }

    /** Whether an identical earlier command makes this one needless; takes out an earlier one that is needless because of this one. */
    private boolean repeats(HistoryEntry entry) {
        boolean replaces = entry.repeatable();
        boolean needless = replaces;
        int end = Math.max(0, entries.size() - MAX_LOOK_BACK);
        for (int i = entries.size() - 1; i >= end && (replaces || needless); i--) {
            HistoryEntry earlier = entries.get(i);
            if (earlier.same(entry)) {
                if (replaces) {
                    remove(i);
                }
                return !replaces;
            }
            replaces &= !earlier.needs(entry);
            needless &= !earlier.touches(entry);
        }
        return false;
    }

    /** A named statement is given up: whether its PREPARE could leave with it, or is not here. */
    private boolean withdraws(HistoryEntry entry) {
        String name = entry.effect().ends();
        if (name == null) {
            return false;
        }
        boolean used = false;
        for (int i = entries.size() - 1; i >= 0; i--) {
            SessionEffect earlier = entries.get(i).effect();
            used |= !earlier.known();
            if (name.equals(earlier.ends())) {
                return true;
            }
            if (earlier.sets().contains(name)) {
                if (used) {
                    return false;
                }
                remove(i);
            }
        }
        return true;
    }

    private void prune() {
        int most = prunes ? limit + limit / SLACK : limit;
        if (counted <= most && bytes <= MAX_BYTES) {
            return;
        }
        if (prunes) {
            entries = Supersession.inForce(entries);
            counted = 0;
            bytes = 0;
            for (HistoryEntry entry : entries) {
                counted += entry.counts() ? 1 : 0;
                bytes += entry.bytes();
            }
        }
        if (counted > limit || bytes > MAX_BYTES) {
            full = true;
            broken();
        }
    }

    /** The client has closed a statement. */
    public void closed(PreparedStatement statement) {
        if (!whole || !concerns(statement, 0)) {
            return;
        }
        if (!drop(statement)) {
            byte[] payload = new byte[Parameters.ID_END];
            payload[0] = (byte) CommandType.STMT_CLOSE;
            Parameters.id(payload, statement.id());
            append(new HistoryEntry(position + 1, payload, statement, null, SessionEffect.UNKNOWN));
        }
    }

    /** Whether a command behind that place is about a statement. */
    public boolean concerns(PreparedStatement statement, long place) {
        for (int i = entries.size() - 1; i >= 0 && entries.get(i).position() > place; i--) {
            if (entries.get(i).statement() == statement) {
                return true;
            }
        }
        return false;
    }

    /** Takes out the preparation of a statement that no kept command executes; whether there is none. */
    private boolean drop(PreparedStatement statement) {
        for (HistoryEntry entry : entries) {
            if (entry.executes(statement)) {
                return false;
            }
        }
        entries.removeIf(entry -> entry.statement() == statement);
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
        full = false;
    }
}
