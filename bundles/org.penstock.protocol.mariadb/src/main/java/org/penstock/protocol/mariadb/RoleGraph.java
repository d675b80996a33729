package org.penstock.protocol.mariadb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.penstock.protocol.mariadb.UserRow.Holder;

/** Who has which role, roles in roles included, in any depth and with cycles. */
final class RoleGraph {
    /** MariaDB's role that everybody has. */
    static final Holder PUBLIC = new Holder("PUBLIC", "");

    private final Map<Holder, Set<Holder>> edges;
    private final Map<Holder, Set<Holder>> defaults;
    private final boolean known;
    private final LoginPolicy policy;

    /**
     * The graph.
     *
     * @param edges host, user, role, role_host: who has which role; without columns when it could not be read
     * @param defaults the same columns: which role is active from the login on
     */
    RoleGraph(ResultTable edges, ResultTable defaults, LoginPolicy policy) {
        this.edges = pairs(edges);
        this.known = edges.hasColumns();
        this.defaults = pairs(defaults);
        this.policy = policy;
    }

    /** The roles whose grants count for an account from the login on, that of everybody included. */
    Set<Holder> active(UserRow account) {
        Deque<Holder> next = new ArrayDeque<>();
        next.add(PUBLIC);
        next.addAll(defaults.getOrDefault(account.holder(), Set.of()));
        Holder role = new Holder(account.defaultRole(), "");
        if (!account.defaultRole().isEmpty() && (!known || has(account.holder(), role) || has(PUBLIC, role))) {
            next.add(role);
        }
        if (policy.allRoles()) {
            next.addAll(edges.getOrDefault(account.holder(), Set.of()));
            next.addAll(policy.mandatory());
        }
        Set<Holder> active = new HashSet<>();
        while (!next.isEmpty()) {
            Holder one = next.remove();
            if (active.add(one)) {
                next.addAll(one.equals(PUBLIC) ? Set.of() : edges.getOrDefault(one, Set.of()));
            }
        }
        return active;
    }

    private boolean has(Holder holder, Holder role) {
        return edges.getOrDefault(holder, Set.of()).contains(role);
    }

    private static Map<Holder, Set<Holder>> pairs(ResultTable table) {
        Map<Holder, Set<Holder>> pairs = new HashMap<>();
        for (int row = 0; row < table.size(); row++) {
            pairs.computeIfAbsent(
                            new Holder(table.text(row, "user"), table.text(row, "host")), holder -> new HashSet<>())
                    .add(new Holder(table.text(row, "role"), table.text(row, "role_host")));
        }
        return pairs;
    }
}
