package org.penstock.protocol.mariadb;

import java.util.List;
import java.util.Set;
import org.penstock.api.account.Account.Method;
import org.penstock.api.account.Account.Restriction;
import org.penstock.api.account.Account.TlsDemand;

/**
 * One account or role as a grant table says it, in whatever shape the server keeps it.
 *
 * @param any whether a global privilege admits any default database
 * @param seesDatabases whether it sees the names of all databases
 * @param defaultRole name of a role of MariaDB that is active from the login on; empty for none
 * @param tls what TLS with the client must be like
 */
record UserRow(
        Holder holder,
        List<Method> methods,
        Set<Restriction> restrictions,
        boolean role,
        boolean any,
        boolean seesDatabases,
        String defaultRole,
        TlsDemand tls) {
    /** An account or a role; a role of MariaDB has an empty host. */
    record Holder(String user, String host) {
        @Override
        public String toString() {
            return "'" + user + "'@'" + host + "'";
        }
    }
}
