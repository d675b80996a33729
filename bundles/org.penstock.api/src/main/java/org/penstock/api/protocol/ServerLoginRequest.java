package org.penstock.api.protocol;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.ServerAuth;

/**
 * What the login machine towards a server works with.
 *
 * @param user account name
 * @param database default database, or null
 * @param charset collation id
 * @param capabilities what the client negotiated; the connection has the same, without TLS, compression and CONNECT_WITH_DB, which are its own
 * @param maxPacket largest packet announced
 * @param attributes connection attributes as they were sent, without their total length
 * @param tls whether the connection must switch to TLS before it sends more
 * @param authenticator machine for a plugin name, or null when none is installed or the credential does not fit it
 */
public record ServerLoginRequest(
        String user,
        @Nullable String database,
        int charset,
        long capabilities,
        long maxPacket,
        byte[] attributes,
        boolean tls,
        Function<String, @Nullable ServerAuth> authenticator) {
    @Override
    public String toString() {
        return "ServerLoginRequest[user=" + user + ", database=" + database + "]";
    }
}
