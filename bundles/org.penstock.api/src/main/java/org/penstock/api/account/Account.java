package org.penstock.api.account;

import java.util.List;
import java.util.Set;

/**
 * One account of a server.
 *
 * @param user name; empty for an anonymous account
 * @param host pattern of the client's host: address, name, {@code %}, {@code _}, or address/netmask
 * @param methods ways to prove who one is, any of which is enough, in the order in which a server tries them; at least one
 * @param restrictions what a client meets after its proof
 * @param anyDatabase whether a privilege that is not tied to a database admits every default database
 * @param databases patterns of databases that are granted from wherever the client comes, with {@code %}, {@code _} and a backslash that makes them mean themselves:
 *     those of its roles; what {@code user@host} is granted stands in {@link AccountSet#grants()}
 * @param tls what TLS with the client must be like
 */
public record Account(
        String user,
        String host,
        List<Method> methods,
        Set<Restriction> restrictions,
        boolean anyDatabase,
        Set<String> databases,
        TlsDemand tls) {
    /** Most methods of one account. */
    public static final int MAX_METHODS = 16;

    /**
     * One way to prove who one is.
     *
     * @param plugin authentication plugin, empty for the server's default
     * @param authentication the plugin's stored string, such as {@code *} with 40 hexadecimal digits; secret
     */
    public record Method(String plugin, String authentication) {
        @Override
        public String toString() {
            return plugin;
        }
    }

    /** What keeps a client out although its proof is right. */
    public enum Restriction {
        /** Nobody may log in. */
        LOCKED,
        /** The password has expired: a session can do nothing but set another. */
        EXPIRED,
        /** With an expired password: clients that cannot handle that are turned away. */
        TURNED_AWAY,
        /** Only over TLS. */
        TLS,
        /** Only with a certificate of the client that an authority of the listener has signed. */
        CERTIFICATE
    }

    /**
     * What TLS with the client must be like, and its certificate, which then must be one that an authority of the listener has signed. Names of certificates are
     * written as OpenSSL does on one line: {@code /C=FI/O=Example/CN=client}.
     *
     * @param cipher OpenSSL's name of the cipher suite; empty for any
     * @param issuer name of who has signed the certificate; empty for anybody
     * @param subject name of whom the certificate is for; empty for anybody
     */
    public record TlsDemand(String cipher, String issuer, String subject) {
        /** Nothing in particular. */
        public static final TlsDemand NONE = new TlsDemand("", "", "");
    }

    public Account {
        if (methods.isEmpty() || methods.size() > MAX_METHODS) {
            throw new IllegalArgumentException(
                    "'" + user + "'@'" + host + "': expected 1 to " + MAX_METHODS + " methods, got " + methods.size());
        }
        methods = List.copyOf(methods);
        restrictions = Set.copyOf(restrictions);
        databases = Set.copyOf(databases);
    }

    /** An account that demands nothing in particular of TLS. */
    public Account(
            String user,
            String host,
            List<Method> methods,
            Set<Restriction> restrictions,
            boolean anyDatabase,
            Set<String> databases) {
        this(user, host, methods, restrictions, anyDatabase, databases, TlsDemand.NONE);
    }

    /** An account with one method and no restriction. */
    public Account(
            String user,
            String host,
            String plugin,
            String authentication,
            boolean anyDatabase,
            Set<String> databases) {
        this(user, host, List.of(new Method(plugin, authentication)), Set.of(), anyDatabase, databases);
    }

    /** Plugin of the first method. */
    public String plugin() {
        return methods.get(0).plugin();
    }

    /** Stored string of the first method; secret. */
    public String authentication() {
        return methods.get(0).authentication();
    }

    /** The same account with one of its methods alone: what an authenticator of that method gets to see. */
    public Account by(Method method) {
        return methods.size() == 1
                ? this
                : new Account(user, host, List.of(method), restrictions, anyDatabase, databases, tls);
    }

    @Override
    public String toString() {
        return "'" + user + "'@'" + host + "'";
    }
}
