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
 * @param key how a password may be encrypted where the connection is not
 * @param store the service's store as in {@link ClientAuthRequest#store()}; null for service connections
 */
public record ServerAuthRequest(
        String user, Credential credential, String host, boolean encrypted, PasswordKey key, @Nullable Store store) {
    /** A server for which passwords are not encrypted. */
    public ServerAuthRequest(
            String user, Credential credential, String host, boolean encrypted, @Nullable Store store) {
        this(user, credential, host, encrypted, PasswordKey.NONE, store);
    }

    @Override
    public String toString() {
        return "ServerAuthRequest[" + user + "@" + host + "]";
    }
}
