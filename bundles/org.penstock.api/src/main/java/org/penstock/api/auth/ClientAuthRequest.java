package org.penstock.api.auth;

import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;

/**
 * What an authenticator knows of a login.
 *
 * @param user account name that the client gave
 * @param address numeric address of the client, {@code localhost} for a unix socket
 * @param account the account that matches, or null: then the exchange does the same work and rejects, so that both cost the same time
 * @param seed the 20 bytes that the client was greeted or switched with
 * @param encrypted whether the connection to the client is TLS or a unix socket
 */
public record ClientAuthRequest(
        String user, String address, @Nullable Account account, byte[] seed, boolean encrypted) {
    @Override
    public String toString() {
        return "ClientAuthRequest[" + user + "@" + address + "]";
    }
}
