package org.penstock.api.auth;

import org.osgi.annotation.versioning.ConsumerType;

/** What proves a client's identity to a server; opaque to the core, made and read by authenticators only. Passes between bundles, so it holds JDK values. */
@ConsumerType
public interface Credential {
    /** What {@link #secret()} is, such as {@code sha1} or {@code none}; by it another authenticator, or a newer version of the same, knows whether it can use it. */
    String kind();

    /** The secret bytes; the live array, overwritten by {@link #destroy()}. */
    byte[] secret();

    /** Overwrites the secret. */
    void destroy();
}
