package org.penstock.core.account;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.account.Account.Restriction;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.wire.Capabilities;

/** What a server looks at after a client's proof, in its order: the way the client is connected, the lock, the age of the password. */
public final class AccountChecks {
    /** Database denied, access denied, unknown database, host not allowed, plugin not loaded, no password, expired, locked. */
    private static final Set<Integer> ACCOUNT_ERRORS = Set.of(1044, 1045, 1049, 1130, 1524, 1698, 1862, 4151);

    private AccountChecks() {}

    /** Whether an error says that an account does not exist, or may not do what its client asked for. */
    public static boolean concernsAccount(SqlError error) {
        return ACCOUNT_ERRORS.contains(error.code());
    }

    /**
     * The error of a client that has proved who it is, or null when nothing keeps it out.
     *
     * @param encrypted whether the connection to the client is TLS or a unix socket
     */
    public static @Nullable SqlError refusal(Account account, LoginRequest request, String address, boolean encrypted) {
        Set<Restriction> restrictions = account.restrictions();
        boolean unix = address.equals(ClientAddress.LOCALHOST);
        if (restrictions.contains(Restriction.TLS) && (!encrypted || unix)) {
            return LoginErrors.accessDenied(request.user(), address, request.authData().length > 0);
        }
        if (restrictions.contains(Restriction.LOCKED)) {
            return LoginErrors.accountLocked();
        }
        boolean handles = Capabilities.has(request.capabilities(), Capabilities.CAN_HANDLE_EXPIRED_PASSWORDS);
        return restrictions.contains(Restriction.EXPIRED) && !handles ? LoginErrors.passwordExpired() : null;
    }
}
