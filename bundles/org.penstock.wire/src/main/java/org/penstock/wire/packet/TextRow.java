package org.penstock.wire.packet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/** A row in text form: for each column a lenenc string, or 0xFB for NULL. */
public final class TextRow {
    private TextRow() {}

    public static byte[] encode(List<byte @Nullable []> values) {
        PacketWriter writer = new PacketWriter();
        for (byte[] value : values) {
            if (value == null) {
                writer.writeNull();
            } else {
                writer.writeLenencBytes(value);
            }
        }
        return writer.toByteArray();
    }

    /** The values of a row; its payload must hold as many as there are columns. */
    public static List<byte @Nullable []> decode(byte[] payload, int columns) {
        PacketReader reader = new PacketReader("text row", payload);
        List<byte @Nullable []> values = new ArrayList<>(Math.min(columns, payload.length));
        for (int i = 0; i < columns; i++) {
            values.add(reader.readNullableLenencBytes());
        }
        if (reader.remaining() > 0) {
            throw reader.unexpected("the end behind " + columns + " columns", reader.remaining() + " bytes");
        }
        return Collections.unmodifiableList(values);
    }
}
