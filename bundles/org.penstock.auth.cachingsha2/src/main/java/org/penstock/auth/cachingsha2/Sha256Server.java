package org.penstock.auth.cachingsha2;

import org.penstock.api.auth.Credential;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.wire.password.PasswordRequest;

/** The machine of one login to a server by sha256_password: the password over TLS, else encrypted with the server's key. */
final class Sha256Server implements ServerAuth {
    private final ServerAuthRequest request;
    private byte[] seed = new byte[0];

    Sha256Server(ServerAuthRequest request) {
        this.request = request;
    }

    @Override
    public byte[] onSeed(byte[] sent) {
        seed = ServerPassword.seed(sent);
        Credential credential = request.credential();
        return switch (credential.kind()) {
            case Credential.NONE -> new byte[1];
            case Credential.CLEAR ->
                request.encrypted()
                        ? ServerPassword.clear(credential.secret())
                        : ServerPassword.begin(request.key(), credential.secret(), seed, PasswordRequest.SHA256_KEY);
            default -> throw ServerPassword.notProvable(Sha256Authenticator.PLUGIN);
        };
    }

    @Override
    public byte[] onMoreData(byte[] data) {
        return ServerPassword.answer(request.key(), request.credential().secret(), seed, data);
    }
}
