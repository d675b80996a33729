package org.penstock.core.service;

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
 * @param file path of a file with accounts, empty for none
 * @param fileOnly whether the file alone counts, and no server is asked
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
        int lowerCaseTableNames,
        String file,
        boolean fileOnly) {
    /** Defaults without an account. */
    public static final AccountSettings NONE = new AccountSettings("", "", false, false, true, true, true, true, 0);

    public AccountSettings {
        if (lowerCaseTableNames < 0 || lowerCaseTableNames > 2) {
            throw new IllegalArgumentException(
                    "lower_case_table_names: expected 0, 1 or 2, got " + lowerCaseTableNames);
        }
        if (fileOnly && file.isEmpty()) {
            throw new IllegalArgumentException("user_accounts_file_usage: file_only_always needs user_accounts_file");
        }
    }

    /** Without a file of accounts. */
    public AccountSettings(
            String user,
            String password,
            boolean allServers,
            boolean enableRoot,
            boolean localhostMatchesWildcard,
            boolean stripEscapes,
            boolean injectServiceUser,
            boolean logWarnings,
            int lowerCaseTableNames) {
        this(
                user,
                password,
                allServers,
                enableRoot,
                localhostMatchesWildcard,
                stripEscapes,
                injectServiceUser,
                logWarnings,
                lowerCaseTableNames,
                "",
                false);
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
                lowerCaseTableNames,
                file,
                fileOnly);
    }

    @Override
    public String toString() {
        return "AccountSettings[user=" + user + "]";
    }
}
