package org.penstock.auth.ed25519;

import org.penstock.api.auth.Credential;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.wire.ErrorCodes;

/** The machine of one login to a server: signs what the server sends with the password. */
final class Ed25519Server implements ServerAuth {
    private static final int GREETING_SEED = 20;

    private final ServerAuthRequest request;

    Ed25519Server(ServerAuthRequest request) {
        this.request = request;
    }

    @Override
    public byte[] onSeed(byte[] seed) {
        if (seed.length == GREETING_SEED) {
            // The server's default plugin; what is to be signed comes with a switch.
            return new byte[0];
        }
        if (seed.length != Ed25519Proof.NONCE_LENGTH) {
            throw failed(
                    ErrorCodes.HANDSHAKE_ERROR,
                    "The server's seed for ed25519 has " + seed.length + " bytes, expected "
                            + Ed25519Proof.NONCE_LENGTH);
        }
        Credential credential = request.credential();
        return switch (credential.kind()) {
            case Credential.NONE, Credential.CLEAR -> Ed25519Proof.sign(credential.secret(), seed);
            default ->
                throw failed(
                        ErrorCodes.NOT_SUPPORTED_AUTH_MODE,
                        "The server asks for ed25519, for which the client's way of logging in gives no proof;"
                                + " set user_mapping_file, or ed_mode=sha256, on the listener");
        };
    }

    private static ProtocolException failed(int code, String message) {
        return new ProtocolException(new SqlError(code, ErrorCodes.sqlState(code), message));
    }
}
