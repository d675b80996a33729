package org.penstock.sql;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement sets in its session, and what of the session its result depends on: enough to tell whether it can be left out when the session is built
 * anew. Names are in lower case: {@code @x} a user variable, {@code x} a session variable, {@code global.x} a variable of the server, {@code prepared.x} a
 * statement that was prepared by name, {@link #DATABASE} and {@link #ROLE}.
 *
 * @param known false where it may set anything and depend on anything
 * @param sets what has a value of this statement alone afterwards
 * @param changes what may have another value afterwards
 * @param needs what the result depends on
 * @param needsVariables whether the result may depend on any session variable that bears on values
 * @param ends the name among {@code sets} that is nothing any more afterwards, and must be something before
 */
public record SessionEffect(
        boolean known,
        Set<String> sets,
        Set<String> changes,
        Set<String> needs,
        boolean needsVariables,
        @Nullable String ends) {

    /** The default database. */
    public static final String DATABASE = "database()";

    /** The current role. */
    public static final String ROLE = "current_role()";

    /** That of a statement of which nothing is known. */
    public static final SessionEffect UNKNOWN = new SessionEffect(false, Set.of(), Set.of(), Set.of(), true, null);

    /** What a change of the default database sets. */
    static final Set<String> USED = Set.of(DATABASE, "character_set_database");

    private static final String PREPARED = "prepared.";

    /** Variables on which neither the meaning of a text nor a value depends, unless they are named. */
    private static final Set<String> WITHOUT_BEARING = Set.of(
            "autocommit",
            "tx_isolation",
            "tx_read_only",
            "completion_type",
            "character_set_results",
            "character_set_database",
            "foreign_key_checks",
            "unique_checks");

    public SessionEffect {
        sets = Set.copyOf(sets);
        changes = Set.copyOf(changes);
        needs = Set.copyOf(needs);
    }

    /** That of a change of the default database, which only succeeds with the rights that the role gives. */
    public static SessionEffect use(boolean plain) {
        Set<String> needs = plain ? Set.of(ROLE) : Set.of(ROLE, "character_set_client");
        return new SessionEffect(true, USED, Set.of(), needs, false, null);
    }

    /** The name for a statement that is prepared by name. */
    static String prepared(String name) {
        return PREPARED + name;
    }

    private static boolean bears(String name) {
        boolean variable = name.charAt(0) != '@' && name.indexOf('.') < 0 && name.indexOf('(') < 0;
        return variable && !WITHOUT_BEARING.contains(name) && !name.endsWith("_timeout");
    }

    /** Whether the result depends on what has that name. */
    public boolean needs(String name) {
        return !known || needs.contains(name) || (needsVariables && bears(name));
    }
}
