package org.penstock.core.login;

import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.CheckedBy;
import org.penstock.api.auth.Credential;
import org.penstock.api.protocol.LoginRequest;

/**
 * What becomes of a client whose authenticator has let it in: the account that servers see, and whose word it has.
 *
 * @param account that admits the client; null where accounts are not asked
 */
record Admission(LoginRules rules, LoginRequest asked, @Nullable Account account) {
    /** Null, with the credential destroyed, where servers are to check a proof that they would not see. */
    @Nullable
    Identity identity(AuthStep.Accept accept, CheckedBy claimed) {
        String user = accept.serverUser() == null ? asked.user() : accept.serverUser();
        Credential credential = accept.credential();
        MappedUser mapped = mapped();
        if (mapped != null) {
            credential.destroy();
            credential = mapped.credential();
            user = mapped.name();
        }
        boolean seen = mapped == null && rules.hasServers();
        if (claimed == CheckedBy.SERVERS && !seen) {
            credential.destroy();
            return null;
        }
        CheckedBy by = claimed == CheckedBy.NOBODY && seen ? CheckedBy.SERVERS : claimed;
        return new Identity(asked, user, HeldCredential.of(credential), by);
    }

    /** Whether servers see another account than the client's own. */
    boolean seenAsAnother(AuthStep.Accept accept) {
        MappedUser mapped = mapped();
        String seen = accept.serverUser() == null ? asked.user() : accept.serverUser();
        if (mapped != null) {
            mapped.credential().destroy();
            seen = mapped.name();
        }
        return !seen.equals(asked.user());
    }

    /** A client of an anonymous account has not proved that it is the user that a mapping names. */
    private @Nullable MappedUser mapped() {
        return account != null && account.user().isEmpty() ? null : rules.mapped(asked.user());
    }
}
