package org.penstock.auth.gssapi;

import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.annotation.Blocking;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine of one client's login: tokens go to and fro until the client's principal is known, which is compared with the account last.
 *
 * <pre>
 * switch --token--> [challenge --token-->]* established --principal fits--> Accept
 *                                                        \--does not------> NeedAccounts
 * </pre>
 */
final class GssapiClient implements ClientAuth {
    private static final Logger LOG = LoggerFactory.getLogger(GssapiClient.class);

    private final Acceptor acceptor;
    private final ClientAuthRequest request;
    private @Nullable GSSContext context;
    private @Nullable Proved proved;

    /**
     * What an established context says.
     *
     * @param principal the client's
     * @param delegated its tickets, or null
     * @param last token that the client waits for, or null
     */
    private record Proved(String principal, @Nullable GSSCredential delegated, byte @Nullable [] last) {}

    GssapiClient(Acceptor acceptor, ClientAuthRequest request) {
        this.acceptor = acceptor;
        this.request = request;
    }

    @Override
    public byte[] switchData() {
        return acceptor.switchData();
    }

    @Override
    public AuthStep onResponse(byte[] token) {
        if (token.length == 0 || token.length > Kerberos.MAX_TOKEN) {
            return new AuthStep.Reject("expected a token, got " + token.length + " bytes");
        }
        return new AuthStep.InBackground(() -> accept(token));
    }

    @Override
    public AuthStep onAccount(Account account) {
        return decide(account);
    }

    @Blocking
    private AuthStep accept(byte[] token) {
        GSSContext opened = context;
        if (opened == null) {
            opened = acceptor.context();
            context = opened;
        }
        try {
            byte[] answer = opened.acceptSecContext(token, 0, token.length);
            if (!opened.isEstablished()) {
                return new AuthStep.Challenge(answer == null ? new byte[0] : answer);
            }
            proved = new Proved(
                    opened.getSrcName().toString(),
                    opened.getCredDelegState() ? opened.getDelegCred() : null,
                    answer == null || answer.length == 0 ? null : answer);
            opened.dispose();
            return decide(request.account());
        } catch (GSSException e) {
            LOG.info(
                    "GSSAPI refuses '{}'@'{}': {}",
                    request.user(),
                    request.client().address(),
                    e.getMessage());
            return new AuthStep.Reject(String.valueOf(e.getMessage()));
        }
    }

    private AuthStep decide(@Nullable Account account) {
        Proved known = proved;
        if (known == null) {
            return new AuthStep.Reject("nothing is proved");
        }
        String stored = account == null ? "" : account.authentication();
        boolean same = stored.isEmpty()
                ? withoutRealm(known.principal()).equals(request.user())
                : known.principal().equals(stored);
        if (!same || account == null) {
            LOG.debug("'{}' is not the principal of '{}'", known.principal(), request.user());
            return AuthStep.NEED_ACCOUNTS;
        }
        GSSCredential delegated = known.delegated();
        Credential credential = delegated == null ? Secret.none() : Tickets.of(delegated);
        return new AuthStep.Accept(credential, known.last(), null);
    }

    private static String withoutRealm(String principal) {
        int at = principal.lastIndexOf('@');
        return at < 0 ? principal : principal.substring(0, at);
    }
}
