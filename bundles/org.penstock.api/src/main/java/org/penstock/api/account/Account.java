package org.penstock.api.account;

import java.util.Set;

/**
 * One account of a server.
 *
 * @param user name; empty for an anonymous account
 * @param host pattern of the client's host: address, name, {@code %}, {@code _}, or address/netmask
 * @param plugin authentication plugin, empty for the server's default
 * @param authentication the plugin's stored string, such as {@code *} with 40 hexadecimal digits; secret
 * @param anyDatabase whether a global privilege admits every default database
 * @param databases patterns of the databases that are granted, with {@code %} and {@code _}, as stored
 */
public record Account(
        String user, String host, String plugin, String authentication, boolean anyDatabase, Set<String> databases) {
    public Account {
        databases = Set.copyOf(databases);
    }

    @Override
    public String toString() {
        return "'" + user + "'@'" + host + "'";
    }
}
