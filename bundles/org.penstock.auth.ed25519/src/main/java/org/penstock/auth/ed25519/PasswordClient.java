package org.penstock.auth.ed25519;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.Secret;
import org.penstock.wire.password.PasswordRequest;
import org.penstock.wire.password.RsaPassword;

/**
 * The machine of one client with {@code ed_mode=sha256}: it is asked for its password by the full exchange of caching_sha2_password, so that servers can be signed for.
 *
 * <pre>
 *   quick proof, not looked at --full exchange--> password
 *                                    |  ^
 *                                  public key
 * </pre>
 */
final class PasswordClient implements ClientAuth {
    /** Option with the file of the private key. */
    static final String KEY_FILE = "ed_rsa_privkey_path";

    private static final String WIRE = "caching_sha2_password";
    private static final byte[] FULL = {4};
    private static final byte[] NO_KEY = new byte[Ed25519Proof.KEY_LENGTH];

    private final byte[] seed;
    private final boolean encrypted;
    private final String keyFile;
    private @Nullable Account account;
    private byte[] password = new byte[0];
    private boolean begun;

    PasswordClient(ClientAuthRequest request) {
        this.account = request.account();
        this.seed = request.seed();
        this.encrypted = request.client().encrypted();
        this.keyFile = request.options().getOrDefault(KEY_FILE, "");
    }

    @Override
    public String plugin() {
        return WIRE;
    }

    @Override
    public AuthStep onResponse(byte[] response) {
        if (!begun) {
            begun = true;
            return new AuthStep.Challenge(FULL);
        }
        PasswordRequest asked = PasswordRequest.of(response, PasswordRequest.CACHING_SHA2_KEY, encrypted);
        if (asked instanceof PasswordRequest.Key) {
            return keyFile.isEmpty()
                    ? new AuthStep.Reject("no TLS, and ed_rsa_privkey_path is not set")
                    : new AuthStep.InBackground(() -> new AuthStep.Challenge(RsaPassword.pem(pair().getPublic())));
        }
        if (asked instanceof PasswordRequest.Clear clear) {
            return new AuthStep.InBackground(() -> decide(clear.password()));
        }
        return asked instanceof PasswordRequest.Encrypted secret && !keyFile.isEmpty()
                ? new AuthStep.InBackground(() -> decrypt(secret.encrypted()))
                : new AuthStep.Reject("no password");
    }

    private KeyPair pair() throws IOException, GeneralSecurityException {
        return RsaPassword.keys(Files.readString(Path.of(keyFile)));
    }

    private AuthStep decrypt(byte[] received) throws IOException {
        try {
            return decide(RsaPassword.decrypt(received, seed, pair().getPrivate()));
        } catch (GeneralSecurityException e) {
            return new AuthStep.Reject("the password was not encrypted for this key: " + e.getMessage());
        }
    }

    private AuthStep decide(byte[] given) {
        password = given;
        byte[] key = key();
        byte[] made = Ed25519Proof.publicKey(given);
        boolean right = MessageDigest.isEqual(made, key == null ? NO_KEY : key) && key != null;
        return right ? new AuthStep.Accept(new Secret(Credential.CLEAR, given)) : AuthStep.NEED_ACCOUNTS;
    }

    @Override
    public AuthStep onAccount(Account fresh) {
        account = fresh;
        return new AuthStep.InBackground(() -> decide(password));
    }

    private byte @Nullable [] key() {
        return account == null ? null : Ed25519Proof.parse(account.authentication());
    }
}
