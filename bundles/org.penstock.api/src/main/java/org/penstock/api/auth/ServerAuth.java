package org.penstock.api.auth;

import org.osgi.annotation.versioning.ConsumerType;
import org.penstock.api.annotation.EventLoop;

/** The machine of one login to a server. What it throws ends that login; a {@link org.penstock.api.error.ProtocolException} says why. */
@ConsumerType
@EventLoop
public interface ServerAuth {
    /**
     * The response to the server's greeting or switch.
     *
     * @param seed the server's bytes for the plugin
     * @throws org.penstock.api.error.ProtocolException when this credential cannot prove anything for the plugin
     */
    byte[] onSeed(byte[] seed);

    /** Whether its methods block, on a ticket of a Kerberos server for example: then they are called off the loop, one at a time. */
    default boolean isBlocking() {
        return false;
    }

    /** The response to further data of the server (AuthMoreData); an empty array sends nothing. */
    default byte[] onMoreData(byte[] data) {
        return new byte[0];
    }
}
