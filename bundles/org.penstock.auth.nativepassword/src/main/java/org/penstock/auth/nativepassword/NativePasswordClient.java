package org.penstock.auth.nativepassword;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.Secret;
import org.penstock.wire.NativePassword;

/**
 * The machine of one client's login: one proof in, one decision out. What does not match asks for fresh accounts, and costs the same with and without
 * an account.
 */
final class NativePasswordClient implements ClientAuth {
    private static final byte[] NO_ACCOUNT = new byte[NativePassword.LENGTH];

    private final byte[] seed;
    private @Nullable Account account;
    private byte[] proof = new byte[0];

    NativePasswordClient(@Nullable Account account, byte[] seed) {
        this.account = account;
        this.seed = seed;
    }

    @Override
    public AuthStep onResponse(byte[] response) {
        proof = response;
        return decide();
    }

    @Override
    public AuthStep onAccount(Account fresh) {
        account = fresh;
        return decide();
    }

    private AuthStep decide() {
        String stored = account == null ? "" : account.authentication();
        byte[] stage2 = NativePassword.parse(stored);
        boolean proved = NativePassword.verify(
                proof.length == NativePassword.LENGTH ? proof : NO_ACCOUNT, seed, stage2 == null ? NO_ACCOUNT : stage2);
        if (account != null && stored.isEmpty() && proof.length == 0) {
            return new AuthStep.Accept(Secret.none());
        }
        if (stage2 == null || !proved || proof.length != NativePassword.LENGTH) {
            return AuthStep.NEED_ACCOUNTS;
        }
        byte[] stage1 = NativePassword.recoverStage1(proof, seed, stage2);
        Arrays.fill(proof, (byte) 0);
        return new AuthStep.Accept(new Secret(Credential.SHA1, stage1));
    }

    @Override
    public byte @Nullable [] certificateProofKey() {
        return account == null ? null : NativePassword.parse(account.authentication());
    }
}
