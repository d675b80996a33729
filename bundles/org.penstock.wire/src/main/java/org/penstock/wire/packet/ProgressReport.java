package org.penstock.wire.packet;

import java.nio.charset.StandardCharsets;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/**
 * MariaDB's report on a long statement, an ERR packet with the number 0xFFFF that ends no reply.
 *
 * @param stage 1 to {@code stages}
 * @param progress thousandths of a percent
 * @param info name of the stage
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/4-server-response-packets/err_packet">ERR_Packet, MariaDB</a>
 */
public record ProgressReport(int stage, int stages, int progress, String info) {
    /** Error number that marks a report. */
    public static final int CODE = 0xFFFF;

    private static final int STRINGS = 1;

    /** Whether an ERR packet is a report, on a connection that negotiated them. */
    public static boolean matches(byte[] payload) {
        return payload.length >= 3 && payload[0] == -1 && payload[1] == -1 && payload[2] == -1;
    }

    public static ProgressReport decode(byte[] payload) {
        PacketReader reader = new PacketReader("ProgressReport", payload);
        reader.expectByte(ErrPacket.HEADER, "ERR");
        int code = reader.readShort();
        if (code != CODE) {
            throw reader.unexpected("error number " + CODE, Integer.toString(code));
        }
        reader.skip(1);
        return new ProgressReport(
                reader.readByte(),
                reader.readByte(),
                reader.readMedium(),
                reader.readLenencString(StandardCharsets.UTF_8));
    }

    public byte[] encode() {
        return new PacketWriter()
                .writeByte(ErrPacket.HEADER)
                .writeShort(CODE)
                .writeByte(STRINGS)
                .writeByte(stage)
                .writeByte(stages)
                .writeMedium(progress)
                .writeLenencString(info, StandardCharsets.UTF_8)
                .toByteArray();
    }
}
