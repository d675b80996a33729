package org.penstock.core.login;

import java.util.Arrays;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Destroyable;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.Credential;

/** A credential as a session holds it: the values of the authenticator's, without an object of its bundle. The secret is the live array. */
record HeldCredential(String kind, byte[] secret, @Nullable Subject subject) implements Credential {
    static Credential of(Credential made) {
        return new HeldCredential(made.kind(), made.secret(), made.subject());
    }

    /** One that proves nothing. */
    static Credential none() {
        return new HeldCredential(NONE, new byte[0], null);
    }

    @Override
    public void destroy() {
        Arrays.fill(secret, (byte) 0);
        if (subject != null) {
            for (Destroyable ticket : subject.getPrivateCredentials(Destroyable.class)) {
                destroy(ticket);
            }
        }
    }

    private static void destroy(Destroyable ticket) {
        try {
            if (!ticket.isDestroyed()) {
                ticket.destroy();
            }
        } catch (DestroyFailedException e) {
            // It expires by itself.
            return;
        }
    }

    @Override
    public String toString() {
        return "Credential[" + kind + "]";
    }
}
