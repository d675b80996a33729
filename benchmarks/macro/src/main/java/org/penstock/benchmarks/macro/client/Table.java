package org.penstock.benchmarks.macro.client;

import java.io.IOException;
import org.penstock.benchmarks.macro.BenchmarkException;

/** The table that all workloads use, laid out as sysbench expects its {@code sbtest1}. */
public final class Table {
    public static final int ROWS = 100_000;

    private static final String DIGITS =
            "(select 0 d union all select 1 union all select 2 union all select 3 union all select 4 union all select 5"
                    + " union all select 6 union all select 7 union all select 8 union all select 9)";

    private Table() {}

    /** Makes it anew on a primary. */
    public static void create(Endpoint server, Account account) {
        try (ClientConnection connection = ClientConnection.open(server, account)) {
            connection.query("drop table if exists sbtest1");
            connection.query(
                    "create table sbtest1 (id int not null auto_increment primary key, k int not null default 0,"
                            + " c char(120) not null default '', pad char(60) not null default '', key k_1 (k)) engine = innodb");
            connection.query("insert into sbtest1 (id, k, c, pad) select 1 + n, 1 + floor(rand() * " + ROWS + "), "
                    + groups(10) + ", " + groups(5)
                    + " from (select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d n from " + DIGITS + " a, "
                    + DIGITS
                    + " b, " + DIGITS + " c, " + DIGITS + " e, " + DIGITS + " f) numbers");
        } catch (IOException e) {
            throw new BenchmarkException(
                    "the table cannot be made on " + server + ": " + e.getMessage()
                            + "; the server needs account app, password app, with all rights on database demo",
                    e);
        }
    }

    /** Whether a replica has it with all its rows. */
    public static boolean isThere(Endpoint server, Account account) {
        try (ClientConnection connection = ClientConnection.open(server, account)) {
            return connection.query("select 1 from sbtest1 having count(*) = " + ROWS) == 1;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Groups of eleven digits with dashes between them. */
    private static String groups(int count) {
        StringBuilder sql = new StringBuilder("concat_ws('-'");
        for (int group = 0; group < count; group++) {
            sql.append(", lpad(floor(rand() * 99999999999), 11, '0')");
        }
        return sql.append(')').toString();
    }
}
