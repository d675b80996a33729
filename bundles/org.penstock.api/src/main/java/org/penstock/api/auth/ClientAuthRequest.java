package org.penstock.api.auth;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.session.Store;

/**
 * What an authenticator knows of a login.
 *
 * @param user account name that the client gave
 * @param account the account that matches. For a user that does not exist the core passes one that does and refuses whatever the outcome, so that both cost the
 *     same; null when it has none to pass, then the exchange does the same work and does not accept. Null as well where {@link Authenticator#usesAccounts()} is false
 * @param seed the 20 bytes that the client was greeted with
 * @param client where the client is
 * @param options the listener's {@code authenticator_options}, keys in lower case
 * @param store the service's store, shared by all logins and generations; keys begin with the name of the plugin
 */
public record ClientAuthRequest(
        String user, @Nullable Account account, byte[] seed, Client client, Map<String, String> options, Store store) {
    public ClientAuthRequest {
        options = Map.copyOf(options);
    }

    @Override
    public String toString() {
        return "ClientAuthRequest[" + user + "@" + client.address() + "]";
    }
}
