package org.penstock.api.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A credential of a kind and its bytes; overwritten when the session ends.
 *
 * @param kind as in {@link Credential#kind()}
 * @param secret owned from now on
 */
public record Secret(String kind, byte[] secret) implements Credential {
    /** Proves nothing: for accounts without a password. */
    public static Secret none() {
        return new Secret(NONE, new byte[0]);
    }

    /** What is left of a proof that no server would take: no bytes, and the plugin's name as its kind, so that errors can say why. */
    public static Secret unusable(String plugin) {
        return new Secret(plugin, new byte[0]);
    }

    /** The password itself; {@link #none()} for the empty one. */
    public static Secret clear(String password) {
        return password.isEmpty() ? none() : new Secret(CLEAR, password.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void destroy() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "Secret[" + kind + "]";
    }
}
