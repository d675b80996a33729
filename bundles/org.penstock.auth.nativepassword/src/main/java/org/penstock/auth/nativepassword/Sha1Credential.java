package org.penstock.auth.nativepassword;

import java.util.Arrays;
import org.penstock.api.auth.Credential;

/** SHA1 of a password; no bytes for the empty password. Overwritten when the session ends. */
final class Sha1Credential implements Credential {
    static final String KIND = "sha1";

    private final byte[] secret;

    /** Owns {@code secret} from now on. */
    Sha1Credential(byte[] secret) {
        this.secret = secret;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public byte[] secret() {
        return secret;
    }

    @Override
    public void destroy() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "Sha1Credential";
    }
}
