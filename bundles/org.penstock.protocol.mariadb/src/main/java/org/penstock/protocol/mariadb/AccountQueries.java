package org.penstock.protocol.mariadb;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that read grant tables, by the server's kind. What is empty does not exist there.
 *
 * @param globalPrivileges accounts with all that MariaDB keeps of them, as JSON
 * @param roleEdges who has which role
 * @param defaultRoles which role is active from the login on, where the account itself does not say it
 * @param policy what the server makes of expired passwords and of roles
 */
record AccountQueries(String globalPrivileges, String roleEdges, String defaultRoles, String policy) {
    static final String VERSION = "SELECT @@version AS version";
    static final String READER = "SELECT CURRENT_USER() AS reader";
    static final String USERS = "SELECT * FROM mysql.user";
    static final String DATABASE_GRANTS = "SELECT Host, User, Db FROM mysql.db";
    static final String TABLE_GRANTS = "SELECT DISTINCT Host, User, Db FROM mysql.tables_priv";
    static final String COLUMN_GRANTS = "SELECT DISTINCT Host, User, Db FROM mysql.columns_priv";
    static final String ROUTINE_GRANTS = "SELECT DISTINCT Host, User, Db FROM mysql.procs_priv";
    static final String DATABASES = "SHOW DATABASES";

    private static final String EXPIRY = "SELECT @@disconnect_on_expired_password AS turns_away,"
            + " @@default_password_lifetime AS lifetime, UNIX_TIMESTAMP() AS now";

    private static final AccountQueries OLD = new AccountQueries("", "", "", "");
    private static final AccountQueries MYSQL_57 = new AccountQueries("", "", "", EXPIRY);
    private static final AccountQueries MYSQL_8 = new AccountQueries(
            "",
            "SELECT TO_HOST AS host, TO_USER AS user, FROM_USER AS role, FROM_HOST AS role_host FROM mysql.role_edges",
            "SELECT HOST AS host, USER AS user, DEFAULT_ROLE_USER AS role, DEFAULT_ROLE_HOST AS role_host"
                    + " FROM mysql.default_roles",
            EXPIRY + ", @@activate_all_roles_on_login AS all_roles, @@mandatory_roles AS mandatory");
    private static final String ROLES_MAPPING = "SELECT Host, User, Role, '' AS role_host FROM mysql.roles_mapping";
    private static final AccountQueries MARIADB_100 = new AccountQueries("", ROLES_MAPPING, "", "");
    private static final AccountQueries MARIADB_104 =
            new AccountQueries("SELECT Host, User, Priv FROM mysql.global_priv", ROLES_MAPPING, "", EXPIRY);

    private static final Pattern MAJOR = Pattern.compile("^(\\d+)\\.(\\d+)");
    private static final int MYSQL_WITH_EXPIRY = version(5, 7);
    private static final int MYSQL_WITH_ROLES = version(8, 0);
    private static final int MARIADB_WITH_ROLES = version(10, 0);
    private static final int MARIADB_WITH_GLOBAL_PRIV = version(10, 4);

    private static int version(int major, int minor) {
        return major * 1000 + minor;
    }

    /** Roles are in MariaDB from 10.0 and in MySQL from 8.0, in tables of different shape; MariaDB keeps accounts as JSON from 10.4 on. */
    static AccountQueries of(String version) {
        String text = version.startsWith(GreetingVersion.PREFIX)
                ? version.substring(GreetingVersion.PREFIX.length())
                : version;
        Matcher matcher = MAJOR.matcher(text);
        int number =
                matcher.find() ? version(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))) : 0;
        if (text.toLowerCase(Locale.ROOT).contains("mariadb") || number >= MARIADB_WITH_ROLES) {
            if (number >= MARIADB_WITH_GLOBAL_PRIV) {
                return MARIADB_104;
            }
            return number >= MARIADB_WITH_ROLES ? MARIADB_100 : OLD;
        }
        if (number >= MYSQL_WITH_ROLES) {
            return MYSQL_8;
        }
        return number >= MYSQL_WITH_EXPIRY ? MYSQL_57 : OLD;
    }
}
