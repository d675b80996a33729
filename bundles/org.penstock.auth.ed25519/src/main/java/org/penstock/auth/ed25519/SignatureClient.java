package org.penstock.auth.ed25519;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.Secret;

/** The machine of one client that signs: a nonce out, a signature in, one decision. As much work with an account as without. */
final class SignatureClient implements ClientAuth {
    /** The key of the empty password, for accounts without a key. */
    private static final byte[] NO_KEY = Ed25519Proof.publicKey(new byte[0]);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] nonce = new byte[Ed25519Proof.NONCE_LENGTH];
    private @Nullable Account account;
    private byte[] signature = new byte[0];

    SignatureClient(@Nullable Account account) {
        this.account = account;
        RANDOM.nextBytes(nonce);
    }

    @Override
    public byte[] switchData() {
        return nonce.clone();
    }

    @Override
    public AuthStep onResponse(byte[] response) {
        signature = response;
        return decide();
    }

    @Override
    public AuthStep onAccount(Account fresh) {
        account = fresh;
        return decide();
    }

    private AuthStep decide() {
        byte[] key = certificateProofKey();
        boolean signed = Ed25519Proof.verify(
                key == null ? NO_KEY : key,
                nonce,
                signature.length == Ed25519Proof.LENGTH ? signature : new byte[Ed25519Proof.LENGTH]);
        return signed && key != null && signature.length == Ed25519Proof.LENGTH
                ? new AuthStep.Accept(Secret.unusable(Ed25519Authenticator.NAME))
                : AuthStep.NEED_ACCOUNTS;
    }

    @Override
    public byte @Nullable [] certificateProofKey() {
        return account == null ? null : Ed25519Proof.parse(account.authentication());
    }
}
