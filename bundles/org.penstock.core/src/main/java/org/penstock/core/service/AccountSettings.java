package org.penstock.core.service;

import java.util.Locale;

/**
 * How a service reads accounts and admits clients by them.
 *
 * @param user account that reads accounts from the servers; empty for a router that needs none
 * @param password of that account
 * @param allServers whether the accounts of all servers are united instead of taken from the first one that answers
 * @param enableRoot whether clients may be {@code root}
 * @param localhostMatchesWildcard whether {@code %} admits clients of this host
 * @param stripEscapes whether backslashes are dropped from the database names of grants
 * @param injectServiceUser whether the service's own account may log in when accounts cannot be read
 * @param logWarnings whether refused logins are logged
 * @param lowerCaseTableNames the servers' setting of that name, 0, 1 or 2
 */
public record AccountSettings(
        String user,
        String password,
        boolean allServers,
        boolean enableRoot,
        boolean localhostMatchesWildcard,
        boolean stripEscapes,
        boolean injectServiceUser,
        boolean logWarnings,
        int lowerCaseTableNames) {
    /** Defaults without an account. */
    public static final AccountSettings NONE = new AccountSettings("", "", false, false, true, true, true, true, 0);

    public AccountSettings {
        if (lowerCaseTableNames < 0 || lowerCaseTableNames > 2) {
            throw new IllegalArgumentException(
                    "lower_case_table_names: expected 0, 1 or 2, got " + lowerCaseTableNames);
        }
    }

    /** The same for another reader's account. */
    public AccountSettings with(String otherUser, String otherPassword) {
        return new AccountSettings(
                otherUser,
                otherPassword,
                allServers,
                enableRoot,
                localhostMatchesWildcard,
                stripEscapes,
                injectServiceUser,
                logWarnings,
                lowerCaseTableNames);
    }

    /** A database's name as this service compares it. */
    public String comparable(String database) {
        return lowerCaseTableNames == 0 ? database : database.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "AccountSettings[user=" + user + "]";
    }
}
