package org.penstock.benchmarks.sql;

import java.nio.charset.StandardCharsets;

/** The statements of the classifier's target table. */
public enum Statements {
    POINT_SELECT("SELECT c FROM sbtest1 WHERE id=50123"),
    RANGE("SELECT c FROM sbtest1 WHERE id BETWEEN 50123 AND 50222"),
    SUM_RANGE("SELECT SUM(k) FROM sbtest1 WHERE id BETWEEN 50123 AND 50222"),
    UPDATE("UPDATE sbtest1 SET k=k+1 WHERE id=50123"),
    UPDATE_STRING("UPDATE sbtest1 SET c='" + "12345678901-".repeat(10) + "' WHERE id=50123"),
    DELETE("DELETE FROM sbtest1 WHERE id=50123"),
    INSERT("INSERT INTO sbtest1 (id, k, c, pad) VALUES (50123, 4711, '" + "12345678901-".repeat(10) + "', '" + "12345678901-".repeat(5) + "')"),
    BEGIN("BEGIN"),
    JOIN("SELECT o.id, o.created_at, c.name, c.email, p.title, p.price, oi.quantity FROM orders o INNER JOIN customers c ON c.id = o.customer_id"
            + " INNER JOIN order_items oi ON oi.order_id = o.id LEFT JOIN products p ON p.id = oi.product_id WHERE o.status = 'paid' AND"
            + " o.created_at > '2024-01-01 00:00:00' AND c.country IN ('DE', 'FR', 'IT') ORDER BY o.created_at DESC, o.id LIMIT 50 OFFSET 100"),
    BULK("INSERT INTO t (a, b) VALUES " + ("(" + "'" + "x".repeat(200) + "', '" + "y".repeat(200) + "'), ").repeat(2500) + "('', '')");

    final byte[] bytes;

    /** The statements of sysbench's OLTP scripts. */
    static Statements[] sysbench() {
        return new Statements[] {POINT_SELECT, POINT_SELECT, RANGE, SUM_RANGE, UPDATE, UPDATE_STRING, DELETE, INSERT};
    }

    Statements(String sql) {
        bytes = sql.getBytes(StandardCharsets.UTF_8);
    }
}
