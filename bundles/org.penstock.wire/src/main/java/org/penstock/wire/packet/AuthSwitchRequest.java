package org.penstock.wire.packet;

import java.util.Arrays;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/**
 * A server's wish to go on with another authentication plugin: 0xFE, the plugin's name up to a NUL, its data to the end. A payload of 0xFE alone asks for
 * mysql_old_password.
 *
 * @param plugin its name
 * @param data as on the wire; a seed has a NUL behind it
 */
public record AuthSwitchRequest(String plugin, byte[] data) {
    /** First byte of the payload. */
    public static final int HEADER = 0xFE;

    private static final String OLD_PASSWORD = "mysql_old_password";

    public static AuthSwitchRequest decode(byte[] payload) {
        PacketReader reader = new PacketReader("AuthSwitchRequest", payload);
        reader.expectByte(HEADER, "authentication switch");
        if (reader.remaining() == 0) {
            return new AuthSwitchRequest(OLD_PASSWORD, new byte[0]);
        }
        return new AuthSwitchRequest(reader.readNulString(), reader.readRest());
    }

    /** A request whose data is a seed, with the NUL that belongs behind it. */
    public static AuthSwitchRequest ofSeed(String plugin, byte[] seed) {
        return new AuthSwitchRequest(plugin, Arrays.copyOf(seed, seed.length + 1));
    }

    /** The data without the one NUL at its end, if there is one. */
    public byte[] seed() {
        boolean nul = data.length > 0 && data[data.length - 1] == 0;
        return Arrays.copyOf(data, nul ? data.length - 1 : data.length);
    }

    public byte[] encode() {
        return new PacketWriter()
                .writeByte(HEADER)
                .writeNulString(plugin)
                .writeBytes(data)
                .toByteArray();
    }
}
