package org.penstock.core.login;

import java.util.Arrays;
import org.penstock.api.auth.Credential;

/** A credential as a session holds it: the values of the authenticator's, without an object of its bundle. The secret is the live array. */
record HeldCredential(String kind, byte[] secret) implements Credential {
    static Credential of(Credential made) {
        return new HeldCredential(made.kind(), made.secret());
    }

    @Override
    public void destroy() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "Credential[" + kind + "]";
    }
}
