package org.penstock.core.session.state;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.sql.Structure;

/**
 * The temporary tables of a session, by database and name in lower case. Where a statement cannot be read well enough to say which tables it names, it is taken
 * to name one of them.
 */
public final class TemporaryTables {
    /** Most of them that are remembered. */
    public static final int MAX_TABLES = 256;

    private final Set<String> names = new LinkedHashSet<>();
    private @Nullable String server;

    public boolean isEmpty() {
        return names.isEmpty();
    }

    public int count() {
        return names.size();
    }

    /** Their names, in the order in which they were made. */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** The server that has them, or null while there are none. */
    public @Nullable String server() {
        return server;
    }

    private static String key(Structure.Table table, @Nullable String defaultDatabase) {
        String database = table.database() == null ? defaultDatabase : table.database();
        return ((database == null ? "" : database) + "." + table.name()).toLowerCase(Locale.ROOT);
    }

    /** A statement that makes one was sent there; false when its name cannot be had, or one more cannot be remembered. */
    public boolean created(Structure structure, @Nullable String defaultDatabase, String on) {
        Structure.Table table = structure.createdTable();
        if (table == null) {
            return false;
        }
        String key = key(table, defaultDatabase);
        if (names.size() >= MAX_TABLES && !names.contains(key)) {
            return false;
        }
        names.add(key);
        server = on;
        return true;
    }

    /** A statement that drops tables succeeded. */
    public void dropped(Structure structure, @Nullable String defaultDatabase) {
        for (Structure.Table table : structure.tables()) {
            names.remove(key(table, defaultDatabase));
        }
        if (names.isEmpty()) {
            server = null;
        }
    }

    /** Whether a statement names one of them, or may. */
    public boolean mayName(Structure structure, @Nullable String defaultDatabase) {
        return !names.isEmpty() && (structure.grade() != Structure.Grade.PARSED || names(structure, defaultDatabase));
    }

    private boolean names(Structure structure, @Nullable String defaultDatabase) {
        for (Structure.Table table : structure.tables()) {
            if (names.contains(key(table, defaultDatabase))) {
                return true;
            }
        }
        return false;
    }

    /** The session begins anew, or their server is gone. */
    public void clear() {
        names.clear();
        server = null;
    }
}
