package org.penstock.core.login;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.LoginRequest;

/** What a pending login asks about its service: accounts, authenticators and refusals. Safe on any thread. */
public interface LoginRules {
    /** The account that admits this user from this address, or null. */
    @Nullable
    Account account(String user, String address);

    /** The error of a client whose address no account admits at all, or null. */
    @Nullable
    SqlError hostRefused(String address);

    /**
     * What keeps a client out although it has proved who it is, such as a locked account; null when nothing does.
     *
     * @param encrypted whether the connection to the client is TLS or a unix socket
     */
    default @Nullable SqlError accountRefused(
            Account account, LoginRequest request, String address, boolean encrypted) {
        return null;
    }

    /** The error that this default database gives, or null. */
    @Nullable
    SqlError databaseRefused(Account account, String database, String address);

    /** Error 1045 as a server words it. */
    SqlError denied(String user, String address, boolean password);

    /** The authenticator for an account's plugin; the default one for null. Null when none is installed. */
    @Nullable
    Authenticator authenticator(@Nullable String accountPlugin);

    /** Reads the accounts anew where the rate limit allows; null where it does not. */
    @Nullable
    CompletionStage<?> refresh(String user, String address);
}
