package org.penstock.wire.packet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.penstock.wire.Capabilities;
import org.penstock.wire.Charsets;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/**
 * A server's greeting.
 *
 * <pre>
 * 1   protocol version, 10
 * NUL server version               MariaDB below 11 puts 5.5.5- in front
 * 4   connection id
 * 8   seed, first part
 * 1   0
 * 2   capabilities, low
 * 1   collation
 * 2   status
 * 2   capabilities, high
 * 1   length of the seed and its NUL; 0 without PLUGIN_AUTH
 * 6   reserved
 * 4   MariaDB, MYSQL clear: extended capabilities; else reserved
 * n   seed, second part, and a NUL
 * NUL plugin, with PLUGIN_AUTH
 * </pre>
 *
 * @param version as on the wire
 * @param connectionId unsigned
 * @param seed without its NUL; 20 bytes from every known server
 * @param capabilities all 64 bits
 * @param plugin default authentication plugin; empty without PLUGIN_AUTH
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/1-connecting/connection">Connection, MariaDB</a>
 */
public record HandshakeV10(
        String version, long connectionId, byte[] seed, long capabilities, int charset, int status, String plugin) {
    private static final String NAME = "HandshakeV10";
    private static final int PROTOCOL = 10;
    private static final int SEED_FIRST = 8;
    private static final int SEED_SECOND_MIN = 12;
    private static final int RESERVED = 6;

    public static HandshakeV10 decode(byte[] payload) {
        PacketReader reader = new PacketReader(NAME, payload);
        reader.expectByte(PROTOCOL, "protocol version");
        String version = reader.readNulString();
        long connectionId = reader.readInt();
        byte[] first = reader.readBytes(SEED_FIRST);
        reader.expectByte(0, "filler");
        long capabilities = reader.readShort();
        int charset = reader.readByte();
        int status = reader.readShort();
        capabilities |= (long) reader.readShort() << 16;
        int seedLength = reader.readByte();
        reader.skip(RESERVED);
        long extended = reader.readInt();
        if (!Capabilities.has(capabilities, Capabilities.MYSQL)) {
            capabilities |= extended << 32;
        }
        byte[] second = reader.readBytes(Math.max(SEED_SECOND_MIN, seedLength - SEED_FIRST - 1));
        byte[] seed = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, seed, first.length, second.length);
        reader.expectByte(0, "NUL behind the seed");
        String plugin = Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH) ? readPlugin(reader) : "";
        return new HandshakeV10(version, connectionId, seed, capabilities, charset, status, plugin);
    }

    /** Some MySQL 5.5 leave out the NUL. */
    private static String readPlugin(PacketReader reader) {
        byte[] rest = reader.readRest();
        int length = 0;
        while (length < rest.length && rest[length] != 0) {
            length++;
        }
        if (length == 0) {
            throw reader.unexpected("a plugin name", "none");
        }
        return new String(rest, 0, length, StandardCharsets.UTF_8);
    }

    public byte[] encode() {
        if (seed.length < SEED_FIRST + SEED_SECOND_MIN) {
            throw new IllegalArgumentException("seed: expected at least 20 bytes, got " + seed.length);
        }
        boolean pluginAuth = Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH);
        PacketWriter writer = new PacketWriter(128)
                .writeByte(PROTOCOL)
                .writeNulString(version)
                .writeInt(connectionId)
                .writeBytes(Arrays.copyOf(seed, SEED_FIRST))
                .writeByte(0)
                .writeShort((int) capabilities)
                .writeByte(Charsets.narrow(charset))
                .writeShort(status)
                .writeShort((int) (capabilities >>> 16))
                .writeByte(pluginAuth ? seed.length + 1 : 0)
                .writeZeros(RESERVED)
                .writeInt(Capabilities.has(capabilities, Capabilities.MYSQL) ? 0 : capabilities >>> 32)
                .writeBytes(Arrays.copyOfRange(seed, SEED_FIRST, seed.length))
                .writeByte(0);
        if (pluginAuth) {
            writer.writeNulString(plugin);
        }
        return writer.toByteArray();
    }
}
