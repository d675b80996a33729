package org.penstock.protocol.mariadb;

import java.util.HashSet;
import java.util.Set;
import org.penstock.api.account.Account.Restriction;
import org.penstock.protocol.mariadb.UserRow.Holder;

/**
 * What a server makes of expired passwords and of roles.
 *
 * @param ages whether the server knows of passwords that expire
 * @param turnsAway whether clients that cannot handle an expired password are turned away; else they get a session that can only set a new one
 * @param lifetime days after which a password expires where the account says nothing; zero for never
 * @param now the server's clock in seconds since 1970
 * @param allRoles whether all roles of an account are active from the login on (MySQL)
 * @param mandatory roles that everybody has (MySQL)
 */
record LoginPolicy(boolean ages, boolean turnsAway, long lifetime, long now, boolean allRoles, Set<Holder> mandatory) {
    private static final long SECONDS_OF_DAY = 86_400;
    private static final String ANY_HOST = "%";

    static LoginPolicy of(ResultTable table) {
        if (table.size() == 0) {
            return new LoginPolicy(false, false, 0, 0, false, Set.of());
        }
        return new LoginPolicy(
                true,
                table.number(0, "turns_away", 0) != 0,
                table.number(0, "lifetime", 0),
                table.number(0, "now", 0),
                table.number(0, "all_roles", 0) != 0,
                roles(table.text(0, "mandatory")));
    }

    /**
     * What the age of a password brings.
     *
     * @param expired whether it was made to expire
     * @param changed when it was set, in seconds since 1970; zero when that is not known
     * @param days after which it expires; negative for what the server says, zero for never
     */
    Set<Restriction> expiry(boolean expired, long changed, long days) {
        long allowed = days < 0 ? lifetime : days;
        boolean old = allowed > 0 && changed > 0 && changed + allowed * SECONDS_OF_DAY < now;
        if (!ages || (!expired && !old)) {
            return Set.of();
        }
        return turnsAway ? Set.of(Restriction.EXPIRED, Restriction.TURNED_AWAY) : Set.of(Restriction.EXPIRED);
    }

    /** A list such as {@code `r1`@`%`,r2}. */
    private static Set<Holder> roles(String list) {
        Set<Holder> roles = new HashSet<>();
        for (String each : list.replaceAll("[`'\"\\s]", "").split(",", -1)) {
            int at = each.lastIndexOf('@');
            if (!each.isEmpty()) {
                roles.add(
                        at < 0
                                ? new Holder(each, ANY_HOST)
                                : new Holder(each.substring(0, at), each.substring(at + 1)));
            }
        }
        return roles;
    }
}
