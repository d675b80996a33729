package org.penstock.auth.gssapi;

import javax.security.auth.Subject;
import org.ietf.jgss.GSSCredential;
import org.penstock.api.auth.Credential;

/** Tickets that a client delegated. */
record Tickets(Subject subject) implements Credential {
    static final String KIND = "gssapi";

    static Tickets of(GSSCredential delegated) {
        Subject subject = new Subject();
        subject.getPrivateCredentials().add(delegated);
        return new Tickets(subject);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public byte[] secret() {
        return new byte[0];
    }

    /** Tickets expire by themselves. */
    @Override
    public void destroy() {
        subject.getPrivateCredentials().clear();
    }

    @Override
    public String toString() {
        return "Tickets";
    }
}
