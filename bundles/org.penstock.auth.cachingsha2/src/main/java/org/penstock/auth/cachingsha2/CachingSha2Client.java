package org.penstock.auth.cachingsha2;

import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.Secret;
import org.penstock.api.value.Texts;
import org.penstock.wire.password.PasswordRequest;
import org.penstock.wire.password.Sha256Proof;

/**
 * The machine of one client's login.
 *
 * <pre>
 *   quick proof --digest known and right--> accepted (SHA-256 of the password)
 *        |
 *   full exchange --> password --right--> accepted (the password), digest kept
 *        |    ^
 *      public key
 * </pre>
 *
 * Unknown, locked out and mistaken clients all end in the full exchange.
 */
final class CachingSha2Client implements ClientAuth {
    /** Option that asks for the password at each login, so that servers can always be given what they want. */
    static final String ALWAYS_FULL = "caching_sha2_full";

    private static final byte[] QUICK_OK = {3};
    private static final byte[] FULL = {4};

    private final byte[] seed;
    private final DigestCache digests;
    private final PasswordExchange exchange;
    private final boolean alwaysFull;
    private @Nullable Account account;
    private boolean begun;

    CachingSha2Client(ClientAuthRequest request) {
        this.account = request.account();
        this.seed = request.seed();
        this.digests = new DigestCache(request.store());
        this.exchange = new PasswordExchange(request, PasswordRequest.CACHING_SHA2_KEY, this::proved);
        this.alwaysFull = Texts.bool(request.options().getOrDefault(ALWAYS_FULL, "false"));
    }

    @Override
    public AuthStep onResponse(byte[] response) {
        if (begun) {
            return exchange.onPacket(response);
        }
        begun = true;
        if (isEmpty(response)) {
            exchange.none();
            return decideEmpty();
        }
        Account known = account;
        byte[] digest = known == null || alwaysFull ? null : digests.find(known);
        if (digest != null && Sha256Proof.verify(response, digest, seed)) {
            byte[] stage1 = Sha256Proof.recoverStage1(response, digest, seed);
            return new AuthStep.Accept(new Secret(Credential.SHA256, stage1), QUICK_OK, null);
        }
        return new AuthStep.Challenge(FULL);
    }

    private static boolean isEmpty(byte[] response) {
        return response.length == 0 || (response.length == 1 && response[0] == 0);
    }

    private AuthStep decideEmpty() {
        return account != null && account.authentication().isEmpty()
                ? new AuthStep.Accept(Secret.none())
                : AuthStep.NEED_ACCOUNTS;
    }

    private void proved(Account proved, byte[] password) {
        digests.keep(proved, password);
    }

    @Override
    public AuthStep onAccount(Account fresh) {
        account = fresh;
        return exchange.isNone() ? decideEmpty() : exchange.onAccount(fresh);
    }
}
