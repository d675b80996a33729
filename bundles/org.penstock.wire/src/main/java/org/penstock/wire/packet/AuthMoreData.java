package org.penstock.wire.packet;

import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/**
 * Further data of an authentication plugin from a server: 0x01, then the data to the end. MariaDB leaves the 0x01 out where the data cannot be taken for another
 * packet.
 *
 * @param data of the plugin
 */
public record AuthMoreData(byte[] data) {
    /** First byte of the payload. */
    public static final int HEADER = 0x01;

    public static AuthMoreData decode(byte[] payload) {
        PacketReader reader = new PacketReader("AuthMoreData", payload);
        if (reader.peek() == HEADER) {
            reader.skip(1);
        } else if (reader.peek() == -1 || reader.peek() == 0 || reader.peek() >= AuthSwitchRequest.HEADER) {
            throw reader.unexpected("plugin data", reader.remaining() == 0 ? "nothing" : "OK, ERR or a switch");
        }
        return new AuthMoreData(reader.readRest());
    }

    public byte[] encode() {
        return new PacketWriter().writeByte(HEADER).writeBytes(data).toByteArray();
    }
}
