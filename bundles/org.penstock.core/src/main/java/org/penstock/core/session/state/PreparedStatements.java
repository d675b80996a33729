package org.penstock.core.session.state;

import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;

/** The binary prepared statements of one session by the ids that its client knows. Looking one up allocates nothing. */
public final class PreparedStatements {
    /** Most statements of one session: what a server allows by default (max_prepared_stmt_count). */
    public static final int MAX_STATEMENTS = 16_382;

    /** Most bytes of their texts in one session. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    /** The id that stands for the statement that was prepared last. */
    public static final int LAST = -1;

    private static final int INITIAL = 8;

    private @Nullable PreparedStatement[] table = new @Nullable PreparedStatement[INITIAL];
    private int count;
    private long bytes;
    private int lastId;
    private @Nullable PreparedStatement last;

    /** The error for a client that wants one more with a text of this length, or null. */
    public @Nullable SqlError refusal(long length) {
        if (count < MAX_STATEMENTS && bytes + length <= MAX_BYTES) {
            return null;
        }
        return new SqlError(
                1461,
                "42000",
                "Can't create more than max_prepared_stmt_count statements (current value: " + count
                        + "); a session may have " + MAX_STATEMENTS + " with " + MAX_BYTES + " bytes of text");
    }

    /** A statement under a new id; it is the last one from now on. */
    public PreparedStatement prepare(long number, byte[] payload) {
        do {
            lastId = lastId == Integer.MAX_VALUE ? 1 : lastId + 1;
        } while (get(lastId) != null);
        PreparedStatement statement = new PreparedStatement(lastId, number, payload);
        if ((count + 1) * 2 > table.length) {
            grow();
        }
        put(statement);
        count++;
        bytes += payload.length;
        last = statement;
        return statement;
    }

    /** The statement with an id of the client, or {@link #LAST}; null when there is none. */
    public @Nullable PreparedStatement get(int id) {
        if (id == LAST) {
            PreparedStatement latest = last;
            return latest == null || latest.closed() ? null : latest;
        }
        int mask = table.length - 1;
        for (int i = id & mask; ; i = i + 1 & mask) {
            PreparedStatement found = table[i];
            if (found == null || found.id() == id) {
                return found;
            }
        }
    }

    /** The client has closed a statement, or could not get it. */
    public void close(PreparedStatement statement) {
        if (get(statement.id()) != statement) {
            return;
        }
        statement.close();
        if (last == statement) {
            last = null;
        }
        count--;
        bytes -= statement.payload().length;
        remove(statement);
    }

    private void remove(PreparedStatement statement) {
        int mask = table.length - 1;
        int at = statement.id() & mask;
        while (table[at] != statement) {
            at = at + 1 & mask;
        }
        table[at] = null;
        for (int i = at + 1 & mask; table[i] != null; i = i + 1 & mask) {
            PreparedStatement moved = table[i];
            table[i] = null;
            if (moved != null) {
                put(moved);
            }
        }
    }

    /** Forgets all that were prepared before the command with this number, as after a reset. */
    public void clear(long before) {
        for (PreparedStatement statement : values()) {
            if (statement.number() < before) {
                close(statement);
                statement.forgotten();
            }
        }
    }

    public int count() {
        return count;
    }

    /** All of them, in no order. */
    public PreparedStatement[] values() {
        PreparedStatement[] all = new PreparedStatement[count];
        int at = 0;
        for (PreparedStatement statement : table) {
            if (statement != null) {
                all[at++] = statement;
            }
        }
        return all;
    }

    private void grow() {
        PreparedStatement[] all = values();
        table = new @Nullable PreparedStatement[table.length * 2];
        for (PreparedStatement statement : all) {
            put(statement);
        }
    }

    private void put(PreparedStatement statement) {
        int mask = table.length - 1;
        int at = statement.id() & mask;
        while (table[at] != null) {
            at = at + 1 & mask;
        }
        table[at] = statement;
    }
}
