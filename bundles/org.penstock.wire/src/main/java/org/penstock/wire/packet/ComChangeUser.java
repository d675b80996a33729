package org.penstock.wire.packet;

import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.wire.Capabilities;
import org.penstock.wire.Charsets;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/**
 * COM_CHANGE_USER: a login on a connection that is logged in.
 *
 * <pre>
 * 1      0x11
 * NUL    user
 * n      proof: behind one byte of length with SECURE_CONNECTION, else up to a NUL
 * NUL    database, empty for none
 * 2      collation; it and what follows are left out by old clients
 * NUL    plugin, with PLUGIN_AUTH
 * lenenc attributes, with CONNECT_ATTRS
 * </pre>
 *
 * @param authData the proof
 * @param database empty for none
 * @param charset collation id, or {@link #NO_CHARSET} when none is sent
 * @param plugin null when none is named
 * @param attributes as sent, without their total length
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/2-text-protocol/com_change_user">COM_CHANGE_USER, MariaDB</a>
 */
public record ComChangeUser(
        String user, byte[] authData, String database, int charset, @Nullable String plugin, byte[] attributes) {
    /** No collation sent: the one of the session stays. */
    public static final int NO_CHARSET = -1;

    /** Decodes a payload. Names are taken in the character set that the packet itself names. */
    public static ComChangeUser decode(byte[] payload, long capabilities) {
        PacketReader reader = new PacketReader("ComChangeUser", payload);
        reader.expectByte(CommandType.CHANGE_USER, "COM_CHANGE_USER");
        byte[] user = reader.readNulBytes();
        byte[] authData = Capabilities.has(capabilities, Capabilities.SECURE_CONNECTION)
                ? reader.readBytes(reader.readByte())
                : reader.readNulBytes();
        byte[] database = reader.readNulBytes();
        int charset = reader.remaining() > 0 ? reader.readShort() : NO_CHARSET;
        boolean named = Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH) && reader.remaining() > 0;
        String plugin = named ? reader.readNulString() : null;
        byte[] attributes = Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS)
                ? ConnectionAttributes.read(reader)
                : new byte[0];
        Charset set = Charsets.of(charset);
        return new ComChangeUser(
                new String(user, set), authData, new String(database, set), charset, plugin, attributes);
    }

    public byte[] encode(long capabilities) {
        Charset set = Charsets.of(charset);
        PacketWriter writer =
                new PacketWriter(128).writeByte(CommandType.CHANGE_USER).writeNulString(user, set);
        writeAuthData(writer, authData, capabilities);
        writer.writeNulString(database, set);
        if (charset == NO_CHARSET) {
            return writer.toByteArray();
        }
        writer.writeShort(charset);
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH)) {
            writer.writeNulString(plugin == null ? "" : plugin);
        }
        if (Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS)) {
            writer.writeLenencBytes(attributes);
        }
        return writer.toByteArray();
    }

    static void writeAuthData(PacketWriter writer, byte[] authData, long capabilities) {
        if (!Capabilities.has(capabilities, Capabilities.SECURE_CONNECTION)) {
            writer.writeBytes(authData).writeByte(0);
            return;
        }
        if (authData.length > 0xFF) {
            throw new IllegalArgumentException("authData: expected at most 255 bytes, got " + authData.length);
        }
        writer.writeByte(authData.length).writeBytes(authData);
    }

    /** The attributes decoded, in the order sent. */
    public Map<String, String> attributeMap() {
        return ConnectionAttributes.decode(attributes);
    }

    /** Shows no proof. */
    @Override
    public String toString() {
        return "ComChangeUser[user=" + user + ", database=" + database + ", plugin=" + plugin + "]";
    }
}
