package org.penstock.api.auth;

import org.jspecify.annotations.Nullable;

/**
 * The far end of a login: where the client is.
 *
 * @param address numeric address, {@code localhost} for a unix socket
 * @param peerUid number of the operating system's user at the other end of a unix socket; null over TCP, or when it is not known
 * @param encrypted whether nobody between can read: TLS or a unix socket. Only then may an exchange ask for a password in clear text
 */
public record Client(String address, @Nullable Long peerUid, boolean encrypted) {
    /** The same client once it has switched to TLS. */
    public Client secured() {
        return new Client(address, peerUid, true);
    }
}
