package org.penstock.wire.password;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The client's packets that carry a password itself: in clear text where nobody between can read, else encrypted with the receiver's key, which the client may ask for
 * first.
 *
 * <pre>
 * encrypted connection:  password NUL
 * any other:             key request (one byte) | password, encrypted
 * </pre>
 */
public sealed interface PasswordRequest {
    /** Asks for the public key. */
    record Key() implements PasswordRequest {}

    /** The password; the receiver's to overwrite. */
    record Clear(byte[] password) implements PasswordRequest {}

    /** The password, for {@link RsaPassword#decrypt}. */
    record Encrypted(byte[] encrypted) implements PasswordRequest {}

    /** The byte of caching_sha2_password that asks for the key. */
    int CACHING_SHA2_KEY = 2;

    /** The byte of sha256_password that asks for the key. */
    int SHA256_KEY = 1;

    /**
     * What a packet is, or null when it is none of these.
     *
     * @param keyRequest the byte that asks for the key
     * @param encrypted whether the connection is
     */
    static @Nullable PasswordRequest of(byte[] packet, int keyRequest, boolean encrypted) {
        if (encrypted) {
            boolean ended = packet.length > 0 && packet[packet.length - 1] == 0;
            return ended ? new Clear(Arrays.copyOf(packet, packet.length - 1)) : null;
        }
        if (packet.length == 1 && packet[0] == keyRequest) {
            return new Key();
        }
        return packet.length > 1 ? new Encrypted(packet) : null;
    }
}
