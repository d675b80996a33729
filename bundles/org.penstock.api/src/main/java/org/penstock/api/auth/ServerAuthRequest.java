package org.penstock.api.auth;

import org.jspecify.annotations.Nullable;
import org.penstock.api.session.Store;

/**
 * What an authenticator knows of a login to a server.
 *
 * @param user account name on the server
 * @param credential what proves it; stays the session's
 * @param host configured address of the server
 * @param encrypted whether the connection is TLS or a unix socket. Only then may a proof be the password in clear text
 * @param store the service's store as in {@link ClientAuthRequest#store()}; null for service connections
 */
public record ServerAuthRequest(
        String user, Credential credential, String host, boolean encrypted, @Nullable Store store) {
    @Override
    public String toString() {
        return "ServerAuthRequest[" + user + "@" + host + "]";
    }
}
