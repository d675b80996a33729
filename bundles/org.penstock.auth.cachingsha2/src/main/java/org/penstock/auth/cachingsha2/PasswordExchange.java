package org.penstock.auth.cachingsha2;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.Secret;
import org.penstock.wire.password.PasswordRequest;
import org.penstock.wire.password.RsaPassword;
import org.penstock.wire.password.Sha256Crypt;

/** The part of a login in which the client hands over its password: over TLS or a unix socket as it is, else encrypted with the key that it may ask for. */
final class PasswordExchange {
    private final ClientAuthRequest request;
    private final int keyRequest;
    private final BiConsumer<Account, byte[]> proved;
    private final RsaKeys keys;
    private @Nullable Account account;
    private byte @Nullable [] password;

    /**
     * @param keyRequest the byte with which a client asks for the key
     * @param proved is told of a right password, off the loop
     */
    PasswordExchange(ClientAuthRequest request, int keyRequest, BiConsumer<Account, byte[]> proved) {
        this.request = request;
        this.keyRequest = keyRequest;
        this.proved = proved;
        this.keys = new RsaKeys(request);
        this.account = request.account();
    }

    AuthStep onPacket(byte[] packet) {
        PasswordRequest asked =
                PasswordRequest.of(packet, keyRequest, request.client().encrypted());
        if (asked instanceof PasswordRequest.Key) {
            return new AuthStep.InBackground(
                    () -> new AuthStep.Challenge(RsaPassword.pem(keys.pair().getPublic())));
        }
        if (asked instanceof PasswordRequest.Clear clear) {
            return new AuthStep.InBackground(() -> decide(clear.password()));
        }
        return asked instanceof PasswordRequest.Encrypted secret
                ? new AuthStep.InBackground(() -> decrypt(secret.encrypted()))
                : new AuthStep.Reject("expected a password or a request for the key, got " + packet.length + " bytes");
    }

    private AuthStep decrypt(byte[] received) throws IOException {
        try {
            return decide(
                    RsaPassword.decrypt(received, request.seed(), keys.pair().getPrivate()));
        } catch (GeneralSecurityException e) {
            return new AuthStep.Reject("the password was not encrypted for this key: " + e.getMessage());
        }
    }

    /** Milliseconds, with an account as without. */
    private AuthStep decide(byte[] given) {
        password = given;
        Account tried = account;
        Sha256Crypt stored = tried == null ? null : Sha256Crypt.parse(tried.authentication());
        boolean right = (stored == null ? Sha256Crypt.NOBODY : stored).verify(given);
        if (tried == null || stored == null || !right) {
            return AuthStep.NEED_ACCOUNTS;
        }
        proved.accept(tried, given);
        return new AuthStep.Accept(new Secret(Credential.CLEAR, given));
    }

    /** The client has no password. */
    void none() {
        password = new byte[0];
    }

    boolean isNone() {
        byte[] given = password;
        return given != null && given.length == 0;
    }

    /** Decides by the password that was handed over for an account that was read anew. */
    AuthStep onAccount(Account fresh) {
        account = fresh;
        byte[] given = password;
        return given == null ? new AuthStep.Reject("no password") : new AuthStep.InBackground(() -> decide(given));
    }
}
