package org.penstock.core.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ColumnDefinition41;
import org.penstock.wire.packet.EofPacket;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.packet.OkPacket;
import org.penstock.wire.packet.TextResultSet;

/** What a server answers to a command, payload by payload. */
record SimReply(SimCommand command, long capabilities) {
    static final int AUTOCOMMIT = 2;
    private static final int MORE_RESULTS = 8;
    private static final int CURSOR_EXISTS = 0x40;

    /** One payload and whether it is a row. */
    record Part(boolean row, byte[] payload) {}

    List<Part> parts() {
        return switch (command.kind()) {
            case "ok" -> List.of(ok(AUTOCOMMIT));
            case "err" -> List.of(error());
            case "rows" -> result(AUTOCOMMIT, false);
            case "broken" -> {
                List<Part> parts = result(AUTOCOMMIT, false);
                parts.set(parts.size() - 1, error());
                yield parts;
            }
            case "multi" -> {
                List<Part> parts = result(AUTOCOMMIT | MORE_RESULTS, false);
                parts.add(ok(AUTOCOMMIT | MORE_RESULTS));
                parts.addAll(result(AUTOCOMMIT, false));
                yield parts;
            }
            case "cursor" -> result(AUTOCOMMIT | CURSOR_EXISTS, true);
            case "prepare" -> prepared();
            case "fetch" -> fetched();
            case "fields" -> fields();
            case "text" -> List.of(new Part(false, "Uptime: 1".getBytes(StandardCharsets.US_ASCII)));
            case "infile" ->
                List.of(new Part(false, "\u00fbfile".getBytes(StandardCharsets.ISO_8859_1)), ok(AUTOCOMMIT));
            case "none" -> List.of();
            default -> throw new AssertionError(command.kind());
        };
    }

    private Part ok(int status) {
        return new Part(false, OkPacket.of(command.id(), 0, status, 0).encode(capabilities));
    }

    private Part error() {
        return new Part(false, new ErrPacket(1064, "42000", "no " + command.id()).encode(capabilities));
    }

    private boolean eof() {
        return !Capabilities.has(capabilities, Capabilities.DEPRECATE_EOF);
    }

    private List<Part> result(int status, boolean cursor) {
        List<byte[]> bare =
                TextResultSet.ofStrings(List.of("c" + command.id()), List.of()).encode(capabilities, status, 0);
        List<Part> parts = new ArrayList<>();
        for (byte[] payload : bare) {
            parts.add(new Part(false, payload));
        }
        Part end = parts.remove(parts.size() - 1);
        if (cursor) {
            if (!eof()) {
                parts.add(end);
            } else {
                parts.set(parts.size() - 1, end);
            }
            return parts;
        }
        addRows(parts);
        parts.add(end);
        return parts;
    }

    private void addRows(List<Part> parts) {
        boolean binary = command.code() == CommandType.STMT_EXECUTE || command.code() == CommandType.STMT_FETCH;
        for (int i = 0; i < command.n(); i++) {
            byte[] value = new byte[command.size()];
            Arrays.fill(value, (byte) ('a' + (command.id() + i) % 26));
            PacketWriter row = new PacketWriter(value.length + 12);
            if (binary) {
                row.writeByte(0).writeByte(0);
            }
            parts.add(new Part(true, row.writeLenencBytes(value).toByteArray()));
        }
    }

    private Part end() {
        byte[] payload = eof()
                ? new EofPacket(0, AUTOCOMMIT).encode()
                : new OkPacket(0, 0, AUTOCOMMIT, 0, "", new byte[0]).encode(capabilities);
        payload[0] = (byte) 0xFE;
        return new Part(false, payload);
    }

    private List<Part> prepared() {
        int columns = command.n() % 3;
        int parameters = command.n() / 3 % 3;
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(
                false,
                new PacketWriter()
                        .writeByte(0)
                        .writeInt(command.id())
                        .writeShort(columns)
                        .writeShort(parameters)
                        .writeByte(0)
                        .writeShort(0)
                        .toByteArray()));
        definitions(parts, parameters);
        definitions(parts, columns);
        return parts;
    }

    private void definitions(List<Part> parts, int count) {
        for (int i = 0; i < count; i++) {
            parts.add(new Part(false, ColumnDefinition41.text("d" + i).encode(capabilities)));
        }
        if (count > 0 && eof()) {
            parts.add(end());
        }
    }

    private List<Part> fetched() {
        List<Part> parts = new ArrayList<>();
        addRows(parts);
        parts.add(end());
        return parts;
    }

    private List<Part> fields() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < command.n(); i++) {
            parts.add(new Part(false, ColumnDefinition41.text("f" + i).encode(capabilities)));
        }
        parts.add(end());
        return parts;
    }
}
