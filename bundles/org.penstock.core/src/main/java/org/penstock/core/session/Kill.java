package org.penstock.core.session;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;

/**
 * What a client wants killed: one connection by its id, or those of a user.
 *
 * @param words what stands between KILL and the target, in capitals with a blank behind; empty for nothing
 * @param query whether only the statement is to end
 * @param id connection id, -1 for a user
 * @param user account name, or null for an id
 * @param host the host that was given with the name; null for any
 */
public record Kill(String words, boolean query, long id, @Nullable String user, @Nullable String host) {
    static Kill connection(String words, boolean query, long id) {
        return new Kill(words, query, id, null, null);
    }

    /** The statement for a connection id of a server. */
    public String statement(long threadId) {
        return "KILL " + words + threadId;
    }

    /** The command for a connection id of a server. */
    public byte[] command(long threadId) {
        byte[] text = statement(threadId).getBytes(StandardCharsets.US_ASCII);
        return new PacketWriter(text.length + 1)
                .writeByte(CommandType.QUERY)
                .writeBytes(text)
                .toByteArray();
    }

    /** Whether a session of that user at that address is meant. */
    public boolean means(String name, String address) {
        return name.equals(user) && (host == null || host.equals("%") || host.equals(address));
    }
}
