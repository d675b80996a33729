package org.penstock.auth.cachingsha2;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.penstock.api.auth.PasswordKey;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.wire.ErrorCodes;
import org.penstock.wire.password.RsaPassword;
import org.penstock.wire.password.Sha256Proof;

/** What a server is sent when it wants the password itself. */
final class ServerPassword {
    private ServerPassword() {}

    /** In clear text, with a NUL behind it; only where nobody between can read. */
    static byte[] clear(byte[] password) {
        return Arrays.copyOf(password, password.length + 1);
    }

    /**
     * What a server gets that wants the password over a connection that is not encrypted: the password under the key that is known for it, else a request for its
     * key where that is allowed.
     *
     * @param keyRequest the byte that asks for the key
     */
    static byte[] begin(PasswordKey key, byte[] password, byte[] seed, int keyRequest) {
        if (!key.pem().isEmpty()) {
            return encrypted(password, seed, key.pem().getBytes(StandardCharsets.US_ASCII));
        }
        if (!key.asked()) {
            throw failed(
                    ErrorCodes.NOT_SUPPORTED_AUTH_MODE,
                    "The server asks for the password, and its connection is not TLS: set ssl=true in the server's section,"
                            + " or server_public_key_path to the file of its key, or get_server_public_key=true to trust any key");
        }
        return new byte[] {(byte) keyRequest};
    }

    /** Encrypted with the key that the server was asked for. */
    static byte[] answer(PasswordKey key, byte[] password, byte[] seed, byte[] pem) {
        if (!key.asked() || !key.pem().isEmpty()) {
            throw failed(ErrorCodes.HANDSHAKE_ERROR, "The server sent a key that it was not asked for");
        }
        return encrypted(password, seed, pem);
    }

    private static byte[] encrypted(byte[] password, byte[] seed, byte[] pem) {
        try {
            return RsaPassword.encrypt(password, seed, RsaPassword.publicKey(pem));
        } catch (GeneralSecurityException e) {
            throw failed(
                    ErrorCodes.HANDSHAKE_ERROR,
                    "The password cannot be encrypted with the server's key: " + e.getMessage());
        }
    }

    /** The 20 bytes of a seed, without what may stand behind them. */
    static byte[] seed(byte[] seed) {
        if (seed.length < Sha256Proof.SEED_LENGTH) {
            throw failed(
                    ErrorCodes.HANDSHAKE_ERROR,
                    "The server's seed has " + seed.length + " bytes, expected " + Sha256Proof.SEED_LENGTH);
        }
        return Arrays.copyOf(seed, Sha256Proof.SEED_LENGTH);
    }

    static ProtocolException notProvable(String plugin) {
        return failed(
                ErrorCodes.NOT_SUPPORTED_AUTH_MODE,
                "The server asks for " + plugin
                        + ", for which the client's way of logging in gives no proof; set user_mapping_file on the listener");
    }

    static ProtocolException failed(int code, String message) {
        return new ProtocolException(new SqlError(code, ErrorCodes.sqlState(code), message));
    }
}
