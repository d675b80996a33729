package org.penstock.auth.gssapi;

import org.ietf.jgss.GSSException;
import org.ietf.jgss.Oid;

/** Numbers of the Kerberos mechanism (RFC 4121). */
final class Kerberos {
    /** Longest token of a peer, in bytes. */
    static final int MAX_TOKEN = 60 * 1024;

    private Kerberos() {}

    static Oid mechanism() throws GSSException {
        return new Oid("1.2.840.113554.1.2.2");
    }

    /** The form of a principal's name, such as {@code mariadb/db1.example.org@EXAMPLE.ORG}. */
    static Oid principalName() throws GSSException {
        return new Oid("1.2.840.113554.1.2.2.1");
    }
}
