package org.penstock.protocol.mariadb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.penstock.api.account.Account;
import org.penstock.api.account.DatabaseGrant;
import org.penstock.protocol.mariadb.UserRow.Holder;

/**
 * The rows of a server's grant tables and what they make of each account.
 *
 * @param users accounts and roles
 * @param databases host, user, db of mysql.db
 * @param objects host, user, db of the tables for single tables, columns and routines
 * @param roles who has which role
 */
record GrantTables(List<UserRow> users, ResultTable databases, ResultTable objects, RoleGraph roles) {
    /** The accounts that clients may name, in the order of the table: all but roles. What their roles are granted is theirs. */
    List<Account> accounts() {
        Map<Holder, UserRow> rows = new HashMap<>();
        users.forEach(row -> rows.put(row.holder(), row));
        Map<Holder, Set<String>> patterns = patterns();
        return users.stream()
                .filter(row -> !row.role())
                .map(row -> account(row, rows, patterns))
                .toList();
    }

    private Account account(UserRow row, Map<Holder, UserRow> rows, Map<Holder, Set<String>> patterns) {
        boolean any = row.any();
        Set<String> granted = new HashSet<>();
        for (Holder role : roles.active(row)) {
            UserRow roleRow = rows.get(role);
            any |= roleRow != null && roleRow.any();
            granted.addAll(patterns.getOrDefault(role, Set.of()));
        }
        Holder holder = row.holder();
        return new Account(holder.user(), holder.host(), row.methods(), row.restrictions(), any, granted, row.tls());
    }

    /** Grants on databases to users; those to roles of MariaDB are in the accounts. */
    List<DatabaseGrant> grants() {
        Set<Holder> known = new HashSet<>(Set.of(RoleGraph.PUBLIC));
        users.stream().filter(UserRow::role).forEach(row -> known.add(row.holder()));
        List<DatabaseGrant> grants = new ArrayList<>();
        add(databases, false, known, grants);
        add(objects, true, known, grants);
        return grants;
    }

    private static void add(ResultTable table, boolean exact, Set<Holder> roles, List<DatabaseGrant> grants) {
        for (int row = 0; row < table.size(); row++) {
            Holder holder = holder(table, row);
            if (!roles.contains(holder)) {
                grants.add(new DatabaseGrant(holder.user(), holder.host(), table.text(row, "db"), exact));
            }
        }
    }

    /** Whether a holder sees the names of all databases. */
    boolean seesAllDatabases(Holder reader) {
        return users.stream().anyMatch(row -> row.holder().equals(reader) && row.seesDatabases());
    }

    private Map<Holder, Set<String>> patterns() {
        Map<Holder, Set<String>> patterns = new HashMap<>();
        for (int row = 0; row < databases.size(); row++) {
            patterns.computeIfAbsent(holder(databases, row), holder -> new HashSet<>())
                    .add(databases.text(row, "db"));
        }
        for (int row = 0; row < objects.size(); row++) {
            Holder holder = holder(objects, row);
            // Of what everybody is granted the server looks at whole databases only.
            if (!holder.equals(RoleGraph.PUBLIC)) {
                patterns.computeIfAbsent(holder, role -> new HashSet<>()).add(literal(objects.text(row, "db")));
            }
        }
        return patterns;
    }

    private static Holder holder(ResultTable table, int row) {
        return new Holder(table.text(row, "user"), table.text(row, "host"));
    }

    /** A database name as a pattern that matches only itself. */
    private static String literal(String name) {
        return name.replace("_", "\\_").replace("%", "\\%");
    }
}
