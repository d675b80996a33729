/* MariaDB Connector/C: see README.md. */
#include <mysql.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static MYSQL *connection;
static char table_name[64];

static void fail(const char *what) {
    printf("FAILED %s: %u %s %s\n", what, mysql_errno(connection), mysql_sqlstate(connection), mysql_error(connection));
    exit(1);
}

/* Prints with the label replaced, so that two runs print the same. */
static void say(const char *format, ...) {
    char line[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    char *at;
    while ((at = strstr(line, table_name)) != NULL) {
        memmove(at + 1, at + strlen(table_name), strlen(at + strlen(table_name)) + 1);
        *at = 'T';
    }
    puts(line);
}

static void print_result(MYSQL_RES *result) {
    if (result == NULL) {
        say("  ok: %llu rows, id %llu, %u warnings, status %u, info %s", mysql_affected_rows(connection), mysql_insert_id(connection),
            mysql_warning_count(connection), connection->server_status, mysql_info(connection) ? mysql_info(connection) : "-");
        return;
    }
    unsigned columns = mysql_num_fields(result);
    MYSQL_FIELD *fields = mysql_fetch_fields(result);
    for (unsigned i = 0; i < columns; i++)
        say("  column %s type %d length %lu flags %u charset %u", fields[i].name, fields[i].type, fields[i].length, fields[i].flags,
            fields[i].charsetnr);
    MYSQL_ROW row;
    unsigned long long sum = 0, rows = 0;
    while ((row = mysql_fetch_row(result)) != NULL) {
        unsigned long *lengths = mysql_fetch_lengths(result);
        rows++;
        for (unsigned i = 0; i < columns; i++) {
            for (unsigned long b = 0; row[i] && b < lengths[i]; b++) sum = sum * 31 + (unsigned char)row[i][b];
            if (rows <= 5 && (!row[i] || lengths[i] < 200)) say("  %s", row[i] ? row[i] : "NULL");
        }
    }
    if (mysql_errno(connection)) say("  error %u while rows are read", mysql_errno(connection));
    say("  %llu rows, sum %llu, %u warnings", rows, sum, mysql_warning_count(connection));
    mysql_free_result(result);
}

/* All results of a text, buffered or row by row. */
static void query_with(const char *format, const char *argument, int streamed) {
    char text[4096];
    snprintf(text, sizeof text, format, table_name, argument);
    say("%s", text);
    if (mysql_real_query(connection, text, strlen(text))) {
        say("  error %u %s %s", mysql_errno(connection), mysql_sqlstate(connection), mysql_error(connection));
        return;
    }
    int more;
    do {
        print_result(streamed ? mysql_use_result(connection) : mysql_store_result(connection));
        more = mysql_next_result(connection);
    } while (more == 0);
    if (more > 0) say("  error %u %s %s", mysql_errno(connection), mysql_sqlstate(connection), mysql_error(connection));
}

static void query(const char *format) {
    query_with(format, "", 0);
}

static void prepared(void) {
    char text[256];
    snprintf(text, sizeof text, "INSERT INTO %s (id, name, data, amount, day) VALUES (?, ?, ?, ?, ?)", table_name);
    MYSQL_STMT *statement = mysql_stmt_init(connection);
    if (mysql_stmt_prepare(statement, text, strlen(text))) fail("prepare");
    say("prepared: %lu parameters", mysql_stmt_param_count(statement));
    long long id = 100;
    char name[] = "p\xc5\x99\xc3\xadli\xc5\xa1 \xf0\x9f\x90\x8e";
    static char data[300000];
    for (size_t i = 0; i < sizeof data; i++) data[i] = (char)(i * 7 + i / 256);
    double amount = -12.5;
    MYSQL_TIME day = {.year = 2024, .month = 2, .day = 29};
    my_bool null_flag = 0;
    unsigned long name_length = strlen(name), data_length = 0;
    MYSQL_BIND bind[5];
    memset(bind, 0, sizeof bind);
    bind[0].buffer_type = MYSQL_TYPE_LONGLONG, bind[0].buffer = &id;
    bind[1].buffer_type = MYSQL_TYPE_STRING, bind[1].buffer = name, bind[1].buffer_length = name_length, bind[1].length = &name_length;
    bind[2].buffer_type = MYSQL_TYPE_BLOB, bind[2].length = &data_length, bind[2].is_null = &null_flag;
    bind[3].buffer_type = MYSQL_TYPE_DOUBLE, bind[3].buffer = &amount;
    bind[4].buffer_type = MYSQL_TYPE_DATE, bind[4].buffer = &day;
    if (mysql_stmt_bind_param(statement, bind)) fail("bind");
    for (size_t sent = 0; sent < sizeof data; sent += 100000)
        if (mysql_stmt_send_long_data(statement, 2, data + sent, 100000)) fail("long data");
    if (mysql_stmt_execute(statement)) fail("execute with long data");
    say("  %llu rows", mysql_stmt_affected_rows(statement));
    id = 101, null_flag = 1;
    if (mysql_stmt_reset(statement) || mysql_stmt_execute(statement)) fail("execute with NULL");
    say("  %llu rows", mysql_stmt_affected_rows(statement));
    if (mysql_stmt_execute(statement) == 0) fail("a duplicate is refused");
    say("  error %u %s %s", mysql_stmt_errno(statement), mysql_stmt_sqlstate(statement), mysql_stmt_error(statement));
    mysql_stmt_close(statement);

    snprintf(text, sizeof text, "SELECT seq, REPEAT(CHAR(65 + seq %% 26), 10) FROM seq_1_to_250 WHERE seq > ?");
    statement = mysql_stmt_init(connection);
    unsigned long cursor = CURSOR_TYPE_READ_ONLY, prefetch = 40;
    if (mysql_stmt_attr_set(statement, STMT_ATTR_CURSOR_TYPE, &cursor) || mysql_stmt_attr_set(statement, STMT_ATTR_PREFETCH_ROWS, &prefetch))
        fail("cursor");
    if (mysql_stmt_prepare(statement, text, strlen(text))) fail("prepare of the cursor");
    id = 3;
    memset(bind, 0, sizeof bind);
    bind[0].buffer_type = MYSQL_TYPE_LONGLONG, bind[0].buffer = &id;
    if (mysql_stmt_bind_param(statement, bind) || mysql_stmt_execute(statement)) fail("execute of the cursor");
    long long number = 0, total = 0;
    char letters[64];
    memset(bind, 0, sizeof bind);
    bind[0].buffer_type = MYSQL_TYPE_LONGLONG, bind[0].buffer = &number;
    bind[1].buffer_type = MYSQL_TYPE_STRING, bind[1].buffer = letters, bind[1].buffer_length = sizeof letters;
    if (mysql_stmt_bind_result(statement, bind)) fail("bind of the result");
    int rows = 0, status;
    while ((status = mysql_stmt_fetch(statement)) == 0) {
        rows++;
        total += number * letters[0];
    }
    say("cursor: %d rows, total %lld, end %d", rows, total, status);
    mysql_stmt_close(statement);
}

static void large(void) {
    size_t size = 17 * 1024 * 1024;
    char *text = malloc(2 * size + 256);
    int at = snprintf(text, 256, "SELECT LENGTH('");
    memset(text + at, 'x', size);
    strcpy(text + at + size, "'), MD5('");
    at += (int)size + 9;
    memset(text + at, 'y', size);
    strcpy(text + at + size, "')");
    if (mysql_real_query(connection, text, strlen(text))) fail("34 MiB");
    print_result(mysql_store_result(connection));
    free(text);
    query_with("SELECT REPEAT('z', 17 * 1024 * 1024) AS large, '%s' <> '' AS t", "", 1);
}

static int infile_read(void *position, char *buffer, unsigned length) {
    int *left = position;
    if (*left == 0) return 0;
    --*left;
    return snprintf(buffer, length, "%d\tline %d\n", 1000 + *left, *left);
}
static int infile_open(void **position, const char *name, void *data) {
    (void)name;
    *position = data;
    return 0;
}
static void infile_end(void *position) {
    (void)position;
}
static int infile_error(void *position, char *text, unsigned length) {
    (void)position;
    return snprintf(text, length, "no error"), 0;
}

int main(int count, char **argument) {
    if (count != 8) return 2;
    snprintf(table_name, sizeof table_name, "c_%s", argument[7]);
    connection = mysql_init(NULL);
    unsigned on = 1, protocol = MYSQL_PROTOCOL_TCP;
    mysql_options(connection, MYSQL_OPT_PROTOCOL, &protocol);
    mysql_options(connection, MYSQL_OPT_LOCAL_INFILE, &on);
    mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options4(connection, MYSQL_OPT_CONNECT_ATTR_ADD, "program", "client");
    if (strcmp(argument[6], "-") != 0) {
        mysql_ssl_set(connection, NULL, NULL, argument[6], NULL, NULL);
        mysql_options(connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &on);
    }
    unsigned long flags = CLIENT_MULTI_STATEMENTS | CLIENT_MULTI_RESULTS | (getenv("COMPRESSED") ? CLIENT_COMPRESS : 0);
    if (!mysql_real_connect(connection, argument[1], argument[3], argument[4], argument[5], atoi(argument[2]), NULL, flags)) fail("login");
    say("server %s, charset %s, encrypted %d", mysql_get_server_info(connection), mysql_character_set_name(connection),
        mysql_get_ssl_cipher(connection) != NULL);
    query("DROP TABLE IF EXISTS %s");
    query("CREATE TABLE %s (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), data LONGBLOB, amount DECIMAL(20,4), day DATE)"
          " DEFAULT CHARSET utf8mb4");
    query("INSERT INTO %s (name, data, amount, day) VALUES ('\xe6\xbc\xa2\xe5\xad\x97 \xf0\x9f\x90\x8e', x'00ff0a0d27', 1.5, '2024-02-29'),"
          " (NULL, NULL, NULL, NULL), ('', '', 0, '1970-01-01')");
    query("SELECT * FROM %s ORDER BY id");
    query_with("SELECT seq, REPEAT('abc', seq %% 100) FROM seq_1_to_5000 WHERE '%s' <> ''", "", 1);
    query("SELECT 1; SELECT 2 AS two, '%s' <> ''; DO 1; SELECT * FROM no_such_table; SELECT 3");
    query("SELEC '%s'");
    query("SELECT 1/0, CAST('x' AS INT) + LENGTH('%s') > 0");
    query("SHOW WARNINGS -- %s");
    query("BEGIN -- %s");
    query("INSERT INTO %s (id, name) VALUES (50, 'rolled back')");
    query("ROLLBACK -- %s");
    query("SELECT COUNT(*) FROM %s");
    mysql_autocommit(connection, 0);
    query("INSERT INTO %s (id, name) VALUES (51, 'kept')");
    mysql_commit(connection);
    mysql_autocommit(connection, 1);
    query("SELECT COUNT(*) FROM %s");
    prepared();
    query("SELECT id, name, MD5(data), amount, day FROM %s WHERE id >= 100");
    query("DROP PROCEDURE IF EXISTS %s_p");
    query("CREATE PROCEDURE %s_p(IN a INT, OUT b INT) BEGIN SELECT a; SELECT a + 1, a + 2; SET b = a * 2; END");
    query("CALL %s_p(20, @b); SELECT @b");
    query("DROP PROCEDURE %s_p");
    int lines = 1000;
    mysql_set_local_infile_handler(connection, infile_open, infile_read, infile_end, infile_error, &lines);
    query("LOAD DATA LOCAL INFILE 'lines' INTO TABLE %s (id, name)");
    query("SELECT COUNT(*), MAX(id), MIN(name) FROM %s");
    large();
    query("SET @mine = 5, SESSION sql_mode = 'ANSI_QUOTES' -- %s");
    if (mysql_reset_connection(connection)) fail("reset");
    query("SELECT @mine, @@sql_mode = @@GLOBAL.sql_mode, DATABASE(), '%s' <> ''");
    query("SET @mine = 6 -- %s");
    if (mysql_change_user(connection, argument[3], argument[4], "mysql")) fail("change of user");
    query("SELECT @mine, DATABASE(), CURRENT_USER(), '%s' <> ''");
    if (mysql_change_user(connection, argument[3], "wrong", argument[5]) == 0) fail("a change of user with a wrong password is refused");
    say("change of user: error %u", mysql_errno(connection));
    mysql_close(connection);
    connection = mysql_init(NULL);
    mysql_options(connection, MYSQL_OPT_PROTOCOL, &protocol);
    if (strcmp(argument[6], "-") != 0) mysql_ssl_set(connection, NULL, NULL, argument[6], NULL, NULL);
    if (!mysql_real_connect(connection, argument[1], argument[3], argument[4], "mysql", atoi(argument[2]), NULL, 0)) fail("the second login");
    if (mysql_select_db(connection, argument[5])) fail("select_db");
    if (mysql_select_db(connection, "nowhere") == 0) fail("an unknown database");
    say("select_db: error %u %s", mysql_errno(connection), mysql_error(connection));
    if (mysql_ping(connection)) fail("ping");
    say("statistics: %d", mysql_stat(connection) != NULL && strncmp(mysql_stat(connection), "Uptime", 6) == 0);
    MYSQL_RES *listed = mysql_list_fields(connection, table_name, "%");
    say("list fields: %u", listed ? mysql_num_fields(listed) : 0);
    if (listed) mysql_free_result(listed);
    query("DROP TABLE %s");
    mysql_close(connection);
    puts("done");
    return 0;
}
