package org.penstock.protocol.mariadb;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.penstock.api.account.Account.Method;
import org.penstock.api.account.Account.Restriction;
import org.penstock.api.account.Account.TlsDemand;
import org.penstock.protocol.mariadb.UserRow.Holder;
import org.penstock.wire.CodecException;
import org.penstock.wire.json.JsonParser;

/** Rows of {@code mysql.user}: MySQL 5.5 to 9, MariaDB before 10.4, and later ones whose {@code global_priv} may not be read. What a version does not have is empty. */
final class UserTable {
    /** Global privileges that can be granted on a database. */
    private static final List<String> DATABASE_PRIVILEGES = List.of(
            "select_priv",
            "insert_priv",
            "update_priv",
            "delete_priv",
            "create_priv",
            "drop_priv",
            "grant_priv",
            "references_priv",
            "index_priv",
            "alter_priv",
            "create_tmp_table_priv",
            "lock_tables_priv",
            "create_view_priv",
            "show_view_priv",
            "create_routine_priv",
            "alter_routine_priv",
            "execute_priv",
            "event_priv",
            "trigger_priv",
            "delete_history_priv");

    /** MariaDB's owner of its own views; locked, which this table does not say. */
    private static final Holder SYSTEM = new Holder("mariadb.sys", "localhost");

    private UserTable() {}

    static List<UserRow> rows(ResultTable table, LoginPolicy policy) {
        return IntStream.range(0, table.size())
                .mapToObj(row -> row(table, row, policy))
                .toList();
    }

    private static UserRow row(ResultTable table, int row, LoginPolicy policy) {
        boolean any = DATABASE_PRIVILEGES.stream().anyMatch(privilege -> table.yes(row, privilege));
        Holder holder = new Holder(table.text(row, "user"), table.text(row, "host"));
        return new UserRow(
                holder,
                methods(table, row),
                restrictions(table, row, holder, policy),
                table.yes(row, "is_role"),
                any,
                any || table.yes(row, "show_db_priv"),
                table.text(row, "default_role"),
                tls(table, row));
    }

    private static List<Method> methods(ResultTable table, int row) {
        String plugin = table.text(row, "plugin");
        String stored = table.text(row, "authentication_string");
        List<Method> methods = new ArrayList<>();
        methods.add(new Method(plugin, stored.isEmpty() ? table.text(row, "password") : stored));
        String second = secondPassword(table.text(row, "user_attributes"));
        if (!second.isEmpty()) {
            methods.add(new Method(plugin, second));
        }
        return methods;
    }

    /** MySQL's retained password beside the current one. */
    private static String secondPassword(String attributes) {
        if (attributes.isEmpty()) {
            return "";
        }
        try {
            String second = JsonParser.parseObject(attributes).text("additional_password");
            return second == null ? "" : second;
        } catch (CodecException e) {
            return "";
        }
    }

    private static TlsDemand tls(ResultTable table, int row) {
        return table.text(row, "ssl_type").equalsIgnoreCase("SPECIFIED")
                ? new TlsDemand(
                        table.text(row, "ssl_cipher"), table.text(row, "x509_issuer"), table.text(row, "x509_subject"))
                : TlsDemand.NONE;
    }

    private static Set<Restriction> restrictions(ResultTable table, int row, Holder holder, LoginPolicy policy) {
        Set<Restriction> restrictions = EnumSet.noneOf(Restriction.class);
        if (table.yes(row, "account_locked") || holder.equals(SYSTEM)) {
            restrictions.add(Restriction.LOCKED);
        }
        String type = table.text(row, "ssl_type");
        if (!type.isEmpty()) {
            restrictions.add(Restriction.TLS);
        }
        if (type.equalsIgnoreCase("X509")) {
            restrictions.add(Restriction.CERTIFICATE);
        }
        restrictions.addAll(policy.expiry(table.yes(row, "password_expired"), 0, 0));
        return restrictions;
    }
}
