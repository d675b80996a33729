package org.penstock.core.session.state;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.sql.Structure;

/** What the statements are that a session has prepared by name. One that is not remembered is for the primary. */
public final class NamedStatements {
    /** Most names that are remembered. */
    public static final int MAX_NAMES = 1024;

    /** Most bytes of one text that are remembered. */
    static final int MAX_TEXT = 16 * 1024;

    private final Map<String, Named> names = new HashMap<>();

    /**
     * One of them.
     *
     * @param kind what its text is
     * @param structure what its text names
     * @param database the default database when it was prepared, under which its names are read
     */
    public record Named(StatementClass kind, Structure structure, @Nullable String database) {}

    /** PREPARE was sent. What does not fit, or is not known, is forgotten. */
    public void prepared(String name, @Nullable Named statement) {
        String key = name.toLowerCase(Locale.ROOT);
        names.remove(key);
        if (statement != null && names.size() < MAX_NAMES) {
            names.put(key, statement);
        }
    }

    /** There is none of that name any more. */
    public void forget(String name) {
        names.remove(name.toLowerCase(Locale.ROOT));
    }

    public @Nullable Named get(@Nullable String name) {
        return name == null ? null : names.get(name.toLowerCase(Locale.ROOT));
    }

    public int count() {
        return names.size();
    }

    public void clear() {
        names.clear();
    }
}
