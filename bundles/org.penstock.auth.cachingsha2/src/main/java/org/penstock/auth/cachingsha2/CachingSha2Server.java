package org.penstock.auth.cachingsha2;

import org.penstock.api.auth.Credential;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.wire.ErrorCodes;
import org.penstock.wire.password.PasswordRequest;
import org.penstock.wire.password.Sha256Proof;

/**
 * The machine of one login to a server: the quick proof, and when the server does not know the account's digest, the password.
 *
 * <pre>
 *   quick proof --3--> OK
 *        |4
 *   password over TLS, or encrypted with a key that is known, or request for the key --PEM--> password, encrypted
 * </pre>
 */
final class CachingSha2Server implements ServerAuth {
    private static final int QUICK_OK = 3;
    private static final int FULL = 4;

    private final ServerAuthRequest request;
    private byte[] seed = new byte[0];

    CachingSha2Server(ServerAuthRequest request) {
        this.request = request;
    }

    @Override
    public byte[] onSeed(byte[] sent) {
        seed = ServerPassword.seed(sent);
        Credential credential = request.credential();
        byte[] secret = credential.secret();
        return switch (credential.kind()) {
            case Credential.NONE -> new byte[0];
            case Credential.CLEAR -> Sha256Proof.of(Sha256Proof.stage1(secret), seed);
            case Credential.SHA256 -> Sha256Proof.of(secret, seed);
            default -> throw ServerPassword.notProvable(CachingSha2Authenticator.PLUGIN);
        };
    }

    @Override
    public byte[] onMoreData(byte[] data) {
        if (data.length == 1 && data[0] == QUICK_OK) {
            return new byte[0];
        }
        byte[] password = password();
        if (data.length == 1 && data[0] == FULL) {
            return request.encrypted()
                    ? ServerPassword.clear(password)
                    : ServerPassword.begin(request.key(), password, seed, PasswordRequest.CACHING_SHA2_KEY);
        }
        return ServerPassword.answer(request.key(), password, seed, data);
    }

    private byte[] password() {
        Credential credential = request.credential();
        if (credential.kind().equals(Credential.CLEAR)) {
            return credential.secret();
        }
        if (credential.kind().equals(Credential.SHA256) && request.store() != null) {
            new DigestCache(request.store()).forget(credential.secret());
        }
        throw ServerPassword.failed(
                ErrorCodes.NOT_SUPPORTED_AUTH_MODE,
                "The server does not know the account's password digest and asks for the password, which the client's quick login"
                        + " has not shown; connect again");
    }
}
