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
    private @Nullable Object holder;

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

    /** The connection that has them; null while there are none, and when it is gone. */
    public @Nullable Object holder() {
        return holder;
    }

    /** What the table is known by that a statement makes, or null where its name cannot be had. */
    public static @Nullable String key(Structure structure, @Nullable String defaultDatabase) {
        Structure.Table table = structure.createdTable();
        return table == null ? null : key(table, defaultDatabase);
    }

    private static String key(Structure.Table table, @Nullable String defaultDatabase) {
        String database = table.database() == null ? defaultDatabase : table.database();
        return ((database == null ? "" : database) + "." + table.name()).toLowerCase(Locale.ROOT);
    }

    /** Whether one more can be remembered, or is one already. */
    public boolean fits(String key) {
        return names.size() < MAX_TABLES || names.contains(key);
    }

    /** A statement that makes one was sent there. Returns whether it is a new one. */
    public boolean add(String key, Object on) {
        holder = on;
        return names.add(key);
    }

    /** There is none of that name. */
    public void remove(String key) {
        names.remove(key);
        forgetHolder();
    }

    /** A statement that drops tables succeeded. */
    public void dropped(Structure structure, @Nullable String defaultDatabase) {
        for (Structure.Table table : structure.tables()) {
            names.remove(key(table, defaultDatabase));
        }
        forgetHolder();
    }

    private void forgetHolder() {
        if (names.isEmpty()) {
            holder = null;
        }
    }

    /** The connection that had them is gone. The session still takes them for there, and must not be given others of the same name. */
    public void lost() {
        holder = null;
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

    /** The session begins anew. */
    public void clear() {
        names.clear();
        holder = null;
    }
}
