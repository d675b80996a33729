package org.penstock.core.account;

import java.security.cert.X509Certificate;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.account.Account.Restriction;
import org.penstock.api.auth.Client;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.core.tls.CipherNames;
import org.penstock.core.tls.OneLineName;
import org.penstock.core.tls.TlsPeer;
import org.penstock.wire.Capabilities;

/** What a server looks at after a client's proof, in its order: the way the client is connected, the lock, the age of the password. */
public final class AccountChecks {
    /** Database denied, access denied, unknown database, host not allowed, plugin not loaded, no password, expired, locked. */
    private static final Set<Integer> ACCOUNT_ERRORS = Set.of(1044, 1045, 1049, 1130, 1524, 1698, 1820, 1862, 4151);

    private AccountChecks() {}

    /** Whether an error says that an account does not exist, or may not do what its client asked for. */
    public static boolean concernsAccount(SqlError error) {
        return ACCOUNT_ERRORS.contains(error.code());
    }

    /**
     * The error of a client that has proved who it is, or null when nothing keeps it out.
     *
     * @param tls what TLS with the client shows; null without TLS
     */
    public static @Nullable SqlError refusal(
            Account account, LoginRequest request, Client client, @Nullable TlsPeer tls) {
        Set<Restriction> restrictions = account.restrictions();
        if (restrictions.contains(Restriction.TLS) && (tls == null || !fits(account, tls))) {
            return LoginErrors.accessDenied(request.user(), client.address(), request.authData().length > 0);
        }
        if (restrictions.contains(Restriction.LOCKED)) {
            return LoginErrors.accountLocked();
        }
        return turnsAway(account, request) ? LoginErrors.passwordExpired() : null;
    }

    /**
     * The error of a client of an expired account that servers see as another, or null where the account has not expired: nothing would hold its session to setting a
     * new password, which is the other account's too.
     */
    public static @Nullable SqlError mappedRefusal(Account account, LoginRequest request) {
        if (!account.restrictions().contains(Restriction.EXPIRED)) {
            return null;
        }
        return turnsAway(account, request) ? LoginErrors.passwordExpired() : LoginErrors.passwordMustBeSet();
    }

    private static boolean turnsAway(Account account, LoginRequest request) {
        Set<Restriction> restrictions = account.restrictions();
        return restrictions.contains(Restriction.EXPIRED)
                && restrictions.contains(Restriction.TURNED_AWAY)
                && !Capabilities.has(request.capabilities(), Capabilities.CAN_HANDLE_EXPIRED_PASSWORDS);
    }

    private static boolean fits(Account account, TlsPeer tls) {
        Account.TlsDemand demand = account.tls();
        if (!demand.cipher().isEmpty() && !CipherNames.isOne(demand.cipher(), tls.cipher())) {
            return false;
        }
        boolean named = !demand.issuer().isEmpty() || !demand.subject().isEmpty();
        if (!named && !account.restrictions().contains(Restriction.CERTIFICATE)) {
            return true;
        }
        X509Certificate shown = tls.certificate();
        return shown != null
                && fits(demand.issuer(), shown.getIssuerX500Principal())
                && fits(demand.subject(), shown.getSubjectX500Principal());
    }

    private static boolean fits(String demanded, X500Principal shown) {
        return demanded.isEmpty() || OneLineName.matches(demanded, shown);
    }
}
