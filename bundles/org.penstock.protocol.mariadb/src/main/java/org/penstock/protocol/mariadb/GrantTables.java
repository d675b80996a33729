package org.penstock.protocol.mariadb;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.penstock.api.account.Account;

/**
 * The rows of a server's grant tables and what they make of each account. Names of tables and columns are those of MariaDB 5.5 to 11 and MySQL 5.5 to 8;
 * what a version does not have is empty.
 *
 * @param users mysql.user, all columns
 * @param databases host, user, db of mysql.db
 * @param objects host, user, db of the tables for single tables, columns and routines
 * @param roleEdges host, user, role, role_host: who has which role
 * @param defaultRoles host, user, role, role_host: which role is active from the login on
 * @param locked host, user of locked accounts, where mysql.user does not say so
 */
record GrantTables(
        ResultTable users,
        ResultTable databases,
        ResultTable objects,
        ResultTable roleEdges,
        ResultTable defaultRoles,
        ResultTable locked) {
    /** Global privileges that admit any default database. */
    private static final List<String> DATABASE_PRIVILEGES = List.of(
            "select_priv",
            "insert_priv",
            "update_priv",
            "delete_priv",
            "create_priv",
            "drop_priv",
            "references_priv",
            "index_priv",
            "alter_priv",
            "create_tmp_table_priv",
            "lock_tables_priv",
            "create_view_priv",
            "show_view_priv",
            "create_routine_priv",
            "alter_routine_priv",
            "execute_priv",
            "event_priv",
            "trigger_priv",
            "delete_history_priv");

    /** MariaDB's role that everybody has. */
    private static final Holder PUBLIC = new Holder("PUBLIC", "");

    /** MariaDB's owner of its own views; locked, and without a password. */
    private static final Holder SYSTEM = new Holder("mariadb.sys", "localhost");

    /** An account or a role. */
    record Holder(String user, String host) {}

    /** What a holder may, without its roles. */
    private static final class Grants {
        private boolean any;
        private boolean showDatabases;
        private final Set<String> patterns = new HashSet<>();
    }

    /** The accounts that can log in, in the order of mysql.user. */
    List<Account> accounts() {
        Map<Holder, Grants> grants = grants();
        Map<Holder, Set<Holder>> edges = pairs(roleEdges);
        Map<Holder, Set<Holder>> defaults = defaults();
        Set<Holder> out = lockedHolders();
        return IntStream.range(0, users.size())
                .filter(row -> canLogIn(row) && !out.contains(user(row)))
                .mapToObj(row -> account(row, grants, edges, defaults))
                .toList();
    }

    /** Whether a holder sees the names of all databases. */
    boolean seesAllDatabases(Holder reader) {
        Grants grants = grants().get(reader);
        return grants != null && (grants.any || grants.showDatabases);
    }

    private boolean canLogIn(int row) {
        return !users.yes(row, "is_role") && !users.yes(row, "account_locked");
    }

    private Set<Holder> lockedHolders() {
        Set<Holder> holders = new HashSet<>(Set.of(SYSTEM));
        for (int row = 0; row < locked.size(); row++) {
            holders.add(holder(locked, row));
        }
        return holders;
    }

    private Account account(
            int row, Map<Holder, Grants> grants, Map<Holder, Set<Holder>> edges, Map<Holder, Set<Holder>> defaults) {
        Holder holder = user(row);
        Set<Holder> held = new HashSet<>(Set.of(holder, PUBLIC));
        defaults.getOrDefault(holder, Set.of()).forEach(role -> collect(role, edges, held));
        boolean any = false;
        Set<String> patterns = new HashSet<>();
        for (Holder one : held) {
            Grants own = grants.get(one);
            if (own != null) {
                any |= own.any;
                patterns.addAll(own.patterns);
            }
        }
        String stored = users.text(row, "authentication_string");
        return new Account(
                holder.user(),
                holder.host(),
                users.text(row, "plugin"),
                stored.isEmpty() ? users.text(row, "password") : stored,
                any,
                patterns);
    }

    private static void collect(Holder role, Map<Holder, Set<Holder>> edges, Set<Holder> held) {
        if (held.add(role)) {
            edges.getOrDefault(role, Set.of()).forEach(inner -> collect(inner, edges, held));
        }
    }

    private Map<Holder, Grants> grants() {
        Map<Holder, Grants> grants = new HashMap<>();
        for (int row = 0; row < users.size(); row++) {
            Grants own = grants.computeIfAbsent(user(row), holder -> new Grants());
            own.showDatabases = users.yes(row, "show_db_priv");
            for (String privilege : DATABASE_PRIVILEGES) {
                own.any |= users.yes(row, privilege);
            }
        }
        for (int row = 0; row < databases.size(); row++) {
            grants.computeIfAbsent(holder(databases, row), holder -> new Grants())
                    .patterns
                    .add(databases.text(row, "db"));
        }
        for (int row = 0; row < objects.size(); row++) {
            grants.computeIfAbsent(holder(objects, row), holder -> new Grants())
                    .patterns
                    .add(literal(objects.text(row, "db")));
        }
        return grants;
    }

    private Map<Holder, Set<Holder>> defaults() {
        Map<Holder, Set<Holder>> defaults = pairs(defaultRoles);
        for (int row = 0; row < users.size(); row++) {
            String role = users.text(row, "default_role");
            if (!role.isEmpty()) {
                defaults.computeIfAbsent(user(row), holder -> new HashSet<>()).add(new Holder(role, ""));
            }
        }
        return defaults;
    }

    private static Map<Holder, Set<Holder>> pairs(ResultTable table) {
        Map<Holder, Set<Holder>> pairs = new HashMap<>();
        for (int row = 0; row < table.size(); row++) {
            pairs.computeIfAbsent(holder(table, row), holder -> new HashSet<>())
                    .add(new Holder(table.text(row, "role"), table.text(row, "role_host")));
        }
        return pairs;
    }

    private Holder user(int row) {
        return holder(users, row);
    }

    private static Holder holder(ResultTable table, int row) {
        return new Holder(table.text(row, "user"), table.text(row, "host"));
    }

    /** A database name as a pattern that matches only itself. */
    private static String literal(String name) {
        return name.replace("_", "\\_").replace("%", "\\%");
    }
}
