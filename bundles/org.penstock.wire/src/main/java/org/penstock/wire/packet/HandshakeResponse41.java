package org.penstock.wire.packet;

import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.wire.Capabilities;
import org.penstock.wire.Charsets;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/**
 * A client's answer to the greeting.
 *
 * <pre>
 * 4      capabilities
 * 4      largest packet
 * 1      collation
 * 19     reserved
 * 4      MariaDB, MYSQL clear: extended capabilities; else reserved
 * NUL    user
 * n      proof: lenenc with PLUGIN_AUTH_LENENC_CLIENT_DATA, behind one byte of length with SECURE_CONNECTION, else up to a NUL
 * NUL    database, with CONNECT_WITH_DB
 * NUL    plugin, with PLUGIN_AUTH; left out by some clients that announce it
 * lenenc attributes, with CONNECT_ATTRS; likewise
 * 1      level of zstd, with ZSTD_COMPRESSION
 * </pre>
 *
 * @param capabilities all 64 bits
 * @param maxPacket unsigned
 * @param authData the proof
 * @param database null without CONNECT_WITH_DB
 * @param plugin null when none is named
 * @param attributes as sent, without their total length; see {@link #attributeMap()}
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/1-connecting/connection">Connection, MariaDB</a>
 */
public record HandshakeResponse41(
        long capabilities,
        long maxPacket,
        int charset,
        String user,
        byte[] authData,
        @Nullable String database,
        @Nullable String plugin,
        byte[] attributes) {
    public static HandshakeResponse41 decode(byte[] payload) {
        PacketReader reader = new PacketReader("HandshakeResponse41", payload);
        SslRequest head = SslRequest.read(reader);
        long capabilities = head.capabilities();
        Charset charset = Charsets.of(head.charset());
        String user = reader.readNulString(charset);
        byte[] authData = readAuthData(reader, capabilities);
        String database =
                Capabilities.has(capabilities, Capabilities.CONNECT_WITH_DB) ? reader.readNulString(charset) : null;
        boolean named = Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH) && reader.remaining() > 0;
        String plugin = named ? reader.readNulString() : null;
        byte[] attributes = Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS)
                ? ConnectionAttributes.read(reader)
                : new byte[0];
        return new HandshakeResponse41(
                capabilities, head.maxPacket(), head.charset(), user, authData, database, plugin, attributes);
    }

    private static byte[] readAuthData(PacketReader reader, long capabilities) {
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
            return reader.readLenencBytes();
        }
        if (Capabilities.has(capabilities, Capabilities.SECURE_CONNECTION)) {
            return reader.readBytes(reader.readByte());
        }
        return reader.readNulBytes();
    }

    /** Encodes by {@link #capabilities()}; database, plugin and attributes are left out when the flag that announces them is clear. */
    public byte[] encode() {
        Charset set = Charsets.of(charset);
        PacketWriter writer = new PacketWriter(128);
        new SslRequest(capabilities, maxPacket, charset).write(writer);
        writer.writeNulString(user, set);
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
            writer.writeLenencBytes(authData);
        } else {
            ComChangeUser.writeAuthData(writer, authData, capabilities);
        }
        if (Capabilities.has(capabilities, Capabilities.CONNECT_WITH_DB)) {
            writer.writeNulString(database == null ? "" : database, set);
        }
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH)) {
            writer.writeNulString(plugin == null ? "" : plugin);
        }
        if (Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS)) {
            writer.writeLenencBytes(attributes);
        }
        return writer.toByteArray();
    }

    /** The attributes decoded, in the order sent. */
    public Map<String, String> attributeMap() {
        return ConnectionAttributes.decode(attributes);
    }

    /** Shows no proof. */
    @Override
    public String toString() {
        return "HandshakeResponse41[user=" + user + ", database=" + database + ", plugin=" + plugin + "]";
    }
}
