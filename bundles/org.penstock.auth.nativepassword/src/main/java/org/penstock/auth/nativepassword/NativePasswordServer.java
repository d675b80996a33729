package org.penstock.auth.nativepassword;

import java.util.Arrays;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.wire.ErrorCodes;
import org.penstock.wire.NativePassword;

/** The machine of one login to a server: the proof from SHA1 of the password, or from the password itself where that is what the session holds. */
final class NativePasswordServer implements ServerAuth {
    private final Credential credential;

    NativePasswordServer(Credential credential) {
        this.credential = credential;
    }

    @Override
    public byte[] onSeed(byte[] seed) {
        if (seed.length < NativePassword.LENGTH) {
            throw new ProtocolException(new SqlError(
                    ErrorCodes.HANDSHAKE_ERROR,
                    ErrorCodes.sqlState(ErrorCodes.HANDSHAKE_ERROR),
                    "The server's seed has " + seed.length + " bytes, expected " + NativePassword.LENGTH));
        }
        byte[] seed20 = Arrays.copyOf(seed, NativePassword.LENGTH);
        byte[] secret = credential.secret();
        return switch (credential.kind()) {
            case Credential.NONE -> new byte[0];
            case Credential.CLEAR -> NativePassword.scramble(secret, seed20);
            case Credential.SHA1 ->
                secret.length == 0 ? new byte[0] : NativePassword.scrambleFromStage1(secret, seed20);
            default ->
                throw new ProtocolException(new SqlError(
                        ErrorCodes.NOT_SUPPORTED_AUTH_MODE,
                        ErrorCodes.sqlState(ErrorCodes.NOT_SUPPORTED_AUTH_MODE),
                        "The server asks for " + NativePassword.PLUGIN
                                + ", for which the client's way of logging in gives no proof"));
        };
    }
}
