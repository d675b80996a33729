package org.penstock.protocol.mariadb;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.account.Account.Method;
import org.penstock.api.account.Account.Restriction;
import org.penstock.api.account.Account.TlsDemand;
import org.penstock.protocol.mariadb.UserRow.Holder;
import org.penstock.wire.CodecException;
import org.penstock.wire.json.JsonParser;
import org.penstock.wire.json.JsonValue;
import org.penstock.wire.json.JsonValue.JsonArray;
import org.penstock.wire.json.JsonValue.JsonObject;

/**
 * Rows of {@code mysql.global_priv}, MariaDB from 10.4 on: an account's properties as a JSON object. See
 * <a href="https://mariadb.com/kb/en/mysqlglobal_priv-table/">the table</a>.
 *
 * <pre>
 * access                               bits of the global privileges
 * plugin, authentication_string        the method; one of several where auth_or is
 * auth_or                              methods in their order; an empty object stands for the one above
 * account_locked, is_role              true
 * password_last_changed                seconds since 1970, 0: expired
 * password_lifetime                    days, -1: as the server says
 * ssl_type                             1 any, 2 with a certificate, 3 with a certain certificate or cipher
 * ssl_cipher, x509_issuer, x509_subject  which; empty for any
 * default_role                         name
 * </pre>
 */
final class GlobalPrivTable {
    /** Privileges that can be granted on a database, by their bits. */
    private static final long DATABASE_PRIVILEGES = 0x3FL // select, insert, update, delete, create, drop
            | 1L << 10 // grant option
            | 1L << 11 // references
            | 1L << 12 // index
            | 1L << 13 // alter
            | 1L << 16 // create temporary tables
            | 1L << 17 // lock tables
            | 1L << 18 // execute
            | 1L << 21 // create view
            | 1L << 22 // show view
            | 1L << 23 // create routine
            | 1L << 24 // alter routine
            | 1L << 26 // event
            | 1L << 27 // trigger
            | 1L << 29 // delete history
            | 1L << 39; // show create routine

    private static final long SHOW_DATABASES = 1L << 14;

    private static final String SSL_TYPE = "ssl_type";
    private static final int WITH_CERTIFICATE = 2;
    private static final int SPECIFIED = 3;

    private GlobalPrivTable() {}

    /** The accounts and roles of the table; one that cannot be read is left out, as the server does. */
    static List<UserRow> rows(ResultTable table, LoginPolicy policy) {
        return IntStream.range(0, table.size())
                .mapToObj(row -> row(table, row, policy))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable UserRow row(ResultTable table, int row, LoginPolicy policy) {
        JsonObject priv;
        try {
            priv = JsonParser.parseObject(table.text(row, "priv"));
        } catch (CodecException e) {
            return null;
        }
        long access = priv.number("access", 0);
        boolean any = (access & DATABASE_PRIVILEGES) != 0;
        String role = priv.text("default_role");
        return new UserRow(
                new Holder(table.text(row, "user"), table.text(row, "host")),
                methods(priv),
                restrictions(priv, policy),
                priv.flag("is_role"),
                any,
                any || (access & SHOW_DATABASES) != 0,
                role == null ? "" : role,
                tls(priv));
    }

    private static List<Method> methods(JsonObject priv) {
        Method main = method(priv);
        if (!(priv.get("auth_or") instanceof JsonArray alternatives)) {
            return List.of(main);
        }
        List<Method> methods = new ArrayList<>();
        for (JsonValue each : alternatives.elements()) {
            if (each instanceof JsonObject one && methods.size() < Account.MAX_METHODS) {
                methods.add(one.members().isEmpty() ? main : method(one));
            }
        }
        return methods.isEmpty() ? List.of(main) : methods;
    }

    private static Method method(JsonObject object) {
        String plugin = object.text("plugin");
        String stored = object.text("authentication_string");
        return new Method(plugin == null ? "" : plugin, stored == null ? "" : stored);
    }

    private static TlsDemand tls(JsonObject priv) {
        return priv.number(SSL_TYPE, 0) == SPECIFIED
                ? new TlsDemand(text(priv, "ssl_cipher"), text(priv, "x509_issuer"), text(priv, "x509_subject"))
                : TlsDemand.NONE;
    }

    private static String text(JsonObject priv, String name) {
        String text = priv.text(name);
        return text == null ? "" : text;
    }

    private static Set<Restriction> restrictions(JsonObject priv, LoginPolicy policy) {
        Set<Restriction> restrictions = EnumSet.noneOf(Restriction.class);
        if (priv.flag("account_locked")) {
            restrictions.add(Restriction.LOCKED);
        }
        long type = priv.number(SSL_TYPE, 0);
        if (type > 0) {
            restrictions.add(Restriction.TLS);
        }
        if (type == WITH_CERTIFICATE) {
            restrictions.add(Restriction.CERTIFICATE);
        }
        long changed = priv.number("password_last_changed", -1);
        restrictions.addAll(policy.expiry(changed == 0, changed, priv.number("password_lifetime", -1)));
        return restrictions;
    }
}
