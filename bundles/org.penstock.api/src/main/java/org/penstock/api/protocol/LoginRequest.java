package org.penstock.api.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a client asked for when it logged in.
 *
 * @param user account name
 * @param authData first proof, may be empty
 * @param plugin plugin that the proof is for, or null when the client named none
 * @param database default database, or null
 * @param charset collation id
 * @param capabilities negotiated: what the client asked for of what it was offered
 * @param maxPacket largest packet that the client announced to send
 * @param attributes connection attributes as they were sent, without their total length; empty for none
 */
public record LoginRequest(
        String user,
        byte[] authData,
        @Nullable String plugin,
        @Nullable String database,
        int charset,
        long capabilities,
        long maxPacket,
        byte[] attributes) {
    @Override
    public String toString() {
        return "LoginRequest[user=" + user + ", database=" + database + ", plugin=" + plugin + "]";
    }
}
