package org.penstock.core.net.pool;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.penstock.api.auth.Credential;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.core.server.Server;

/**
 * What two sessions must have in common to use one server connection after each other: what a reset cannot change.
 *
 * @param server to which the connection leads
 * @param protocol dialect that is spoken on it
 * @param user account name
 * @param proof digest of the credential, good in this process only
 * @param capabilities what the client negotiated, since it shapes the replies
 * @param maxPacket largest packet that was announced
 * @param origin address that the server was told in a PROXY header; empty without one
 */
public record PoolKey(
        Server server,
        String protocol,
        String user,
        ByteBuffer proof,
        long capabilities,
        long maxPacket,
        String origin) {
    private static final byte[] SALT = SecureRandom.getSeed(32);

    public static PoolKey of(Server server, ServerLoginRequest request, Credential credential, String origin) {
        return new PoolKey(
                server,
                server.settings().protocol(),
                request.user(),
                proof(credential),
                request.capabilities(),
                request.maxPacket(),
                origin);
    }

    private static ByteBuffer proof(Credential credential) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(SALT);
            digest.update(credential.kind().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(credential.secret())).asReadOnlyBuffer();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "PoolKey[" + server.name() + ", " + user + "]";
    }
}
