/* Changes of user with MariaDB Connector/C.
 *
 * change-user HOST PORT CA|- plain|compressed USER PASSWORD [USER PASSWORD]...
 *
 * Logs in as the first, with TLS where a CA is named; then becomes each of the others in turn. A line for each: who one is, and what is left of the session
 * before; or the error, after which one stays who one was. */
#include <mysql.h>
#include <stdio.h>
#include <string.h>

static MYSQL *connection;

static void who(const char *wanted) {
    const char *text = "SELECT CURRENT_USER(), COALESCE(@kept, 'nothing kept'), COALESCE(DATABASE(), 'no database'), LENGTH(REPEAT('x', 100000)),"
        " (SELECT GROUP_CONCAT(IF(VARIABLE_VALUE IN ('', 'OFF'), 'no', 'yes') ORDER BY VARIABLE_NAME) FROM information_schema.SESSION_STATUS"
        " WHERE VARIABLE_NAME IN ('Compression', 'Ssl_version'))";
    MYSQL_RES *result = mysql_query(connection, text) ? NULL : mysql_store_result(connection);
    MYSQL_ROW row = result ? mysql_fetch_row(result) : NULL;
    if (row) printf("%s: %s, %s, %s, %s, compression and TLS: %s\n", wanted, row[0], row[1], row[2], row[3], row[4]);
    else printf("%s: error %u %s\n", wanted, mysql_errno(connection), mysql_error(connection));
    mysql_free_result(result);
    mysql_query(connection, "SET @kept = 'kept'");
}

int main(int count, char **argument) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (count < 7) return 2;
    connection = mysql_init(NULL);
    if (strcmp(argument[3], "-")) {
        my_bool yes = 1;
        mysql_optionsv(connection, MYSQL_OPT_SSL_CA, argument[3]);
        mysql_optionsv(connection, MYSQL_OPT_SSL_ENFORCE, &yes);
        mysql_optionsv(connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
    }
    if (!strcmp(argument[4], "compressed")) mysql_optionsv(connection, MYSQL_OPT_COMPRESS, NULL);
    unsigned port = 0;
    sscanf(argument[2], "%u", &port);
    if (!mysql_real_connect(connection, argument[1], argument[5], argument[6], "information_schema", port, NULL, 0)) {
        printf("%s: login: error %u %s\n", argument[5], mysql_errno(connection), mysql_error(connection));
        return 1;
    }
    who(argument[5]);
    for (int i = 7; i + 1 < count; i += 2) {
        if (mysql_change_user(connection, argument[i], argument[i + 1], "information_schema"))
            printf("%s: change: error %u %s\n", argument[i], mysql_errno(connection), mysql_error(connection));
        else who(argument[i]);
    }
    mysql_close(connection);
    return 0;
}
