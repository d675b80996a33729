package org.penstock.protocol.mariadb;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that read grant tables, by the server's kind.
 *
 * @param roleEdges who has which role, empty where there are none
 * @param defaultRoles which role is active from the login on; empty where there are none, or where mysql.user has it
 * @param locked which accounts are locked; empty where there is no such thing, or where mysql.user has it
 */
record AccountQueries(String roleEdges, String defaultRoles, String locked) {
    static final String VERSION = "SELECT @@version AS version";
    static final String READER = "SELECT CURRENT_USER() AS reader";
    static final String USERS = "SELECT * FROM mysql.user";
    static final String DATABASE_GRANTS = "SELECT Host, User, Db FROM mysql.db";
    static final String TABLE_GRANTS = "SELECT DISTINCT Host, User, Db FROM mysql.tables_priv";
    static final String COLUMN_GRANTS = "SELECT DISTINCT Host, User, Db FROM mysql.columns_priv";
    static final String ROUTINE_GRANTS = "SELECT DISTINCT Host, User, Db FROM mysql.procs_priv";
    static final String DATABASES = "SHOW DATABASES";

    private static final AccountQueries NONE = new AccountQueries("", "", "");
    private static final AccountQueries MARIADB = new AccountQueries(
            "SELECT Host, User, Role, '' AS role_host FROM mysql.roles_mapping",
            "",
            "SELECT Host, User FROM mysql.global_priv WHERE JSON_VALUE(Priv, '$.account_locked') IN ('1', 'true')");
    private static final AccountQueries MYSQL = new AccountQueries(
            "SELECT TO_HOST AS host, TO_USER AS user, FROM_USER AS role, FROM_HOST AS role_host FROM mysql.role_edges",
            "SELECT HOST AS host, USER AS user, DEFAULT_ROLE_USER AS role, DEFAULT_ROLE_HOST AS role_host"
                    + " FROM mysql.default_roles",
            "");

    private static final Pattern MAJOR = Pattern.compile("^(\\d+)\\.(\\d+)");
    private static final int ROLES_IN_MARIADB = 10;
    private static final int ROLES_IN_MYSQL = 8;

    /** Roles are in MariaDB from 10.0 and in MySQL from 8.0, in tables of different shape. */
    static AccountQueries of(String version) {
        String text = version.startsWith(GreetingVersion.PREFIX)
                ? version.substring(GreetingVersion.PREFIX.length())
                : version;
        Matcher matcher = MAJOR.matcher(text);
        int major = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        if (text.toLowerCase(Locale.ROOT).contains("mariadb") || major >= ROLES_IN_MARIADB) {
            return major >= ROLES_IN_MARIADB ? MARIADB : NONE;
        }
        return major >= ROLES_IN_MYSQL ? MYSQL : NONE;
    }
}
