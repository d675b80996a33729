package org.penstock.core.account;

import java.net.InetAddress;
import org.penstock.api.account.Account;
import org.penstock.api.error.SqlError;

/** What a client is told when its login is refused, in the words of MariaDB. */
public final class LoginErrors {
    private LoginErrors() {}

    /** 1045: no such account for the client's address, or a wrong proof. */
    public static SqlError accessDenied(String user, String address, boolean usingPassword) {
        return new SqlError(
                1045,
                "28000",
                "Access denied for user '" + user + "'@'" + shown(address) + "' (using password: "
                        + (usingPassword ? "YES" : "NO") + ")");
    }

    /** 1130: no account of any user admits the client's address. */
    public static SqlError hostNotAllowed(String address) {
        return new SqlError(
                1130, "HY000", "Host '" + shown(address) + "' is not allowed to connect to this MariaDB server");
    }

    /** 4151: the account is locked. */
    public static SqlError accountLocked() {
        return new SqlError(4151, "HY000", "Access denied, this account is locked");
    }

    /** 1862: the account's password has expired, and the client has no way to set another. */
    public static SqlError passwordExpired() {
        return new SqlError(
                1862,
                "HY000",
                "Your password has expired. To log in you must change it using a client that supports expired"
                        + " passwords.");
    }

    /** 1820: the account's password has expired, and must be set before anything else. */
    public static SqlError passwordMustBeSet() {
        return new SqlError(1820, "HY000", "You must SET PASSWORD before executing this statement");
    }

    /** 1129: too many logins from that address were refused. */
    public static SqlError hostBlocked(String address) {
        return new SqlError(
                1129,
                "HY000",
                "Host '" + shown(address) + "' is blocked because of many connection errors; unblock with 'unblock "
                        + shown(address) + "' in Penstock's shell");
    }

    /** 1044: the account has no grant on its default database. */
    public static SqlError databaseDenied(Account account, String database) {
        return new SqlError(1044, "42000", "Access denied for user " + account + " to database '" + database + "'");
    }

    /** 1049: the default database does not exist. */
    public static SqlError unknownDatabase(String database) {
        return new SqlError(1049, "42000", "Unknown database '" + database + "'");
    }

    /** 1040: the service has as many sessions as it may have. */
    public static SqlError tooManyConnections() {
        return new SqlError(1040, "08004", "Too many connections");
    }

    private static String shown(String address) {
        InetAddress numeric = ClientAddress.numeric(address);
        return numeric == null ? address : ClientAddress.canonical(numeric);
    }
}
