package org.penstock.api.account;

/**
 * A database that is granted, wholly or in part, to a user from some hosts. A server looks for it with the client's host, whatever host the client's account names.
 *
 * @param user name; empty for everybody, and with {@code exact} for anonymous accounts alone
 * @param host pattern of the client's host
 * @param database name; a pattern with {@code %}, {@code _} and escaping backslashes unless {@code exact}
 * @param exact whether the name means itself, as it does for grants on tables, columns and routines
 */
public record DatabaseGrant(String user, String host, String database, boolean exact) {}
