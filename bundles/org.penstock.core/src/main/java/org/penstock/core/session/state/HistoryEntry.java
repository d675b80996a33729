package org.penstock.core.session.state;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.sql.SessionEffect;
import org.penstock.wire.CommandType;

/** One command of a {@link History}. */
public final class HistoryEntry {
    private static final SessionEffect NOTHING = new SessionEffect(true, Set.of(), Set.of(), Set.of(), false, null);

    /** A statement is prepared under the database that it was prepared under, whatever the default one is by then; with the rights of the role. */
    private static final SessionEffect PREPARES =
            new SessionEffect(true, Set.of(), Set.of(), Set.of(SessionEffect.ROLE), true, null);

    private static final SessionEffect OPTION =
            new SessionEffect(true, Set.of("set_option()"), Set.of(), Set.of(), false, null);

    private final long position;
    private final byte[] payload;
    private final @Nullable PreparedStatement statement;
    private final @Nullable String database;
    private final SessionEffect effect;

    HistoryEntry(
            long position,
            byte[] payload,
            @Nullable PreparedStatement statement,
            @Nullable String database,
            SessionEffect text) {
        this.position = position;
        this.payload = payload;
        this.statement = statement;
        this.database = database;
        this.effect = effect(payload, text);
    }

    private static SessionEffect effect(byte[] payload, SessionEffect text) {
        return switch (payload[0] & 0xFF) {
            case CommandType.QUERY, CommandType.STMT_EXECUTE, CommandType.STMT_BULK_EXECUTE -> text;
            case CommandType.STMT_PREPARE -> PREPARES;
            case CommandType.STMT_CLOSE -> NOTHING;
            case CommandType.SET_OPTION -> OPTION;
            case CommandType.INIT_DB -> SessionEffect.use(plain(payload));
            default -> SessionEffect.UNKNOWN;
        };
    }

    private static boolean plain(byte[] payload) {
        for (byte b : payload) {
            if (b < 0) {
                return false;
            }
        }
        return true;
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

    /** The default database that it sets, or null. */
    public @Nullable String database() {
        return database;
    }

    SessionEffect effect() {
        return effect;
    }

    /** Whether its reply need not be awaited before the next one is sent. */
    public boolean simple() {
        return code() == CommandType.STMT_PREPARE || (statement == null && effect.known());
    }

    /** Whether it is one of those of which there is a limit. */
    boolean counts() {
        return !prepares() && !closes();
    }

    /** Bytes that are kept for it alone: those of a prepared statement have a limit of their own until it is closed. */
    long bytes() {
        PreparedStatement about = statement;
        return counts() ? payload.length : closes() && about != null ? about.payload().length : 0;
    }

    boolean prepares() {
        return code() == CommandType.STMT_PREPARE;
    }

    boolean closes() {
        return code() == CommandType.STMT_CLOSE;
    }

    boolean executes(PreparedStatement other) {
        return statement == other && counts();
    }

    /** Whether executing it twice in a row does what once does. */
    boolean repeatable() {
        return counts() && effect.known() && effect.ends() == null && !needs(this);
    }

    boolean same(HistoryEntry other) {
        return statement == other.statement && Arrays.equals(payload, other.payload) && effect.equals(other.effect);
    }

    /** Whether it depends on something that the other one sets. */
    boolean needs(HistoryEntry other) {
        return !effect.known()
                || !other.effect.known()
                || other.effect.sets().stream().anyMatch(effect::needs)
                || other.effect.changes().stream().anyMatch(effect::needs);
    }

    /** Whether it sets something that the other one sets, or depends on. */
    boolean touches(HistoryEntry other) {
        return other.needs(this) || sets(other.effect.sets()) || sets(other.effect.changes());
    }

    private boolean sets(Set<String> names) {
        return names.stream()
                .anyMatch(
                        name -> effect.sets().contains(name) || effect.changes().contains(name));
    }
}
