package org.penstock.auth.nativepassword;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.ClientAuth;
import org.penstock.wire.NativePassword;

/**
 * The machine of one client's login: one proof in, one decision out. What does not match asks for fresh accounts, and costs the same with and without
 * an account.
 */
final class NativePasswordClient implements ClientAuth {
    private static final byte[] NO_ACCOUNT = new byte[NativePassword.LENGTH];

    private final @Nullable Account account;
    private final byte[] seed;

    NativePasswordClient(@Nullable Account account, byte[] seed) {
        this.account = account;
        this.seed = seed;
    }

    @Override
    public AuthStep onResponse(byte[] response) {
        String stored = account == null ? "" : account.authentication();
        byte[] stage2 = NativePassword.parse(stored);
        boolean proved = NativePassword.verify(
                response.length == NativePassword.LENGTH ? response : NO_ACCOUNT,
                seed,
                stage2 == null ? NO_ACCOUNT : stage2);
        if (account != null && stored.isEmpty() && response.length == 0) {
            return new AuthStep.Accept(new Sha1Credential(new byte[0]));
        }
        if (stage2 == null || !proved || response.length != NativePassword.LENGTH) {
            return AuthStep.NEED_ACCOUNTS;
        }
        byte[] stage1 = NativePassword.recoverStage1(response, seed, stage2);
        Arrays.fill(response, (byte) 0);
        return new AuthStep.Accept(new Sha1Credential(stage1));
    }
}
