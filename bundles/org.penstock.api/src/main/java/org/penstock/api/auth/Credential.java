package org.penstock.api.auth;

import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** What proves a client's identity to a server; opaque to the core, made and read by authenticators only. Passes between bundles, so it holds JDK values. */
@ConsumerType
public interface Credential {
    /** Kind of a credential that proves nothing; no secret. Logs in to accounts without a password, or where the server looks elsewhere. */
    String NONE = "none";

    /** Kind of the password itself, UTF-8: every plugin can make its proof of it. */
    String CLEAR = "clear";

    /** Kind of SHA1 of a password, no bytes for the empty one: proves mysql_native_password. */
    String SHA1 = "sha1";

    /** Kind of SHA-256 of a password, no bytes for the empty one: proves caching_sha2_password where the server has it cached. */
    String SHA256 = "sha256";

    /** What {@link #secret()} is, one of the constants or a name of the authenticator's; by it another authenticator, or a newer version of the same, knows whether it can use it. */
    String kind();

    /** The secret bytes; the live array, overwritten by {@link #destroy()}. */
    byte[] secret();

    /** Tickets for proofs that are no bytes, such as delegated ones of Kerberos; null for none. */
    default @Nullable Subject subject() {
        return null;
    }

    /** Overwrites the secret. */
    void destroy();
}
