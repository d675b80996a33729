package org.penstock.api.protocol;

import java.util.Objects;

/**
 * What a server announces of itself; towards clients, what Penstock announces for a service.
 *
 * @param version version string as on the wire
 * @param connectionId the server's id of the connection
 * @param capabilities classic flags in the lower 32 bits, MariaDB's extended ones in the upper
 * @param charset default collation id
 * @param status server status flags
 * @param plugin default authentication plugin
 * @param seed 20 random bytes
 */
public record Greeting(
        String version, long connectionId, long capabilities, int charset, int status, String plugin, byte[] seed) {
    public Greeting {
        Objects.requireNonNull(version, "version");
        if (seed.length != 20) {
            throw new IllegalArgumentException("seed: expected 20 bytes, got " + seed.length);
        }
    }
}
