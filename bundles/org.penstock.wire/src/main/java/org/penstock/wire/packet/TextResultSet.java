package org.penstock.wire.packet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.wire.Capabilities;
import org.penstock.wire.PacketWriter;

/**
 * A complete result in text form.
 *
 * @param rows values in the session's result character set, null for NULL
 */
public record TextResultSet(List<ColumnDefinition41> columns, List<List<byte @Nullable []>> rows) {
    private static final int METADATA_FOLLOWS = 1;

    public TextResultSet {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("columns: expected at least one, got none");
        }
        for (List<byte @Nullable []> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "rows: expected " + columns.size() + " values in each, got " + row.size());
            }
        }
    }

    /** A result of text columns. */
    public static TextResultSet ofText(List<String> names, List<List<byte @Nullable []>> rows) {
        return new TextResultSet(names.stream().map(ColumnDefinition41::text).toList(), rows);
    }

    /** A result of text columns with values in UTF-8. */
    public static TextResultSet ofStrings(List<String> names, List<List<@Nullable String>> rows) {
        List<List<byte @Nullable []>> encoded = new ArrayList<>(rows.size());
        for (List<@Nullable String> row : rows) {
            List<byte @Nullable []> values = new ArrayList<>(row.size());
            for (String value : row) {
                values.add(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
            }
            encoded.add(values);
        }
        return ofText(names, encoded);
    }

    /**
     * The payloads of the result, in order; each may need more than one packet.
     *
     * @param capabilities of the session
     * @param status {@link org.penstock.wire.ServerStatus} flags at the end
     */
    public List<byte[]> encode(long capabilities, int status, int warnings) {
        boolean deprecateEof = Capabilities.has(capabilities, Capabilities.DEPRECATE_EOF);
        List<byte[]> payloads = new ArrayList<>(columns.size() + rows.size() + 3);
        PacketWriter count = new PacketWriter(10).writeLenenc(columns.size());
        if (Capabilities.has(capabilities, Capabilities.CACHE_METADATA)) {
            count.writeByte(METADATA_FOLLOWS);
        }
        payloads.add(count.toByteArray());
        for (ColumnDefinition41 column : columns) {
            payloads.add(column.encode(capabilities));
        }
        if (!deprecateEof) {
            payloads.add(new EofPacket(warnings, status).encode());
        }
        for (List<byte @Nullable []> row : rows) {
            payloads.add(TextRow.encode(row));
        }
        payloads.add(
                deprecateEof
                        ? OkPacket.of(0, 0, status, warnings).encodeAsEof(capabilities)
                        : new EofPacket(warnings, status).encode());
        return payloads;
    }
}
