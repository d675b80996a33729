package org.penstock.core.login;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.Client;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.session.Store;
import org.penstock.core.tls.TlsPeer;

/** What a pending login asks about its service and its listener: accounts, authenticators and refusals. Safe on any thread. */
public interface LoginRules {
    /** The account that admits this user from this address, or null. */
    @Nullable
    Account account(String user, String address);

    /** An account whose authentication is gone through for a user that has none, always the same for one name; null when there is none at all. */
    @Nullable
    Account standIn(String user);

    /** The error of a client whose address is blocked for refused logins, or null. */
    default @Nullable SqlError blocked(String address) {
        return null;
    }

    /**
     * A login has ended with that error; with null a proof for it was right, here or at a server. Not told of clients whose proof nobody has looked at. The user is
     * empty for a client that has not said who it is.
     */
    default void ended(String user, String address, @Nullable SqlError error) {}

    /** The error of a client whose address no account admits at all, or null. */
    @Nullable
    SqlError hostRefused(String address);

    /**
     * What keeps a client out although it has proved who it is, such as a locked account; null when nothing does.
     *
     * @param tls what TLS with the client shows; null without TLS
     */
    default @Nullable SqlError accountRefused(
            Account account, LoginRequest request, Client client, @Nullable TlsPeer tls) {
        return null;
    }

    /** An account was found and no proof for it was right. */
    default void mismatched(Account account, String address) {}

    /** Whether the service has servers, which can check what is not checked here. */
    default boolean hasServers() {
        return true;
    }

    /** Whether a wrong proof is left to the servers to refuse. */
    default boolean skipsAuthentication() {
        return false;
    }

    /** The error that this default database gives, or null. */
    @Nullable
    SqlError databaseRefused(Account account, String database, String address);

    /** Error 1045 as a server words it. */
    SqlError denied(String user, String address, boolean password);

    /** The authenticator for an account's plugin, null when none is installed or the listener does not take it; the default one for null. */
    @Nullable
    Authenticator authenticator(@Nullable String accountPlugin);

    /** The authenticator that decides on every client without accounts, or null where accounts decide. */
    @Nullable
    Authenticator withoutAccounts();

    /** The listener's options for authenticators. */
    Map<String, String> options();

    /** With which account servers are logged in to for a client of that name; null for the client's own. */
    @Nullable
    MappedUser mapped(String user);

    /** The service's store. */
    Store store();

    /**
     * Finds out the name of an address, where the choice among the user's accounts may depend on it.
     *
     * @return completes when the accounts can be looked at, never exceptionally; null when nothing is missing
     */
    default @Nullable CompletionStage<?> named(String user, String address) {
        return null;
    }

    /** Reads the accounts anew where the rate limit allows; null where it does not. */
    @Nullable
    CompletionStage<?> refresh(String user, String address);
}
