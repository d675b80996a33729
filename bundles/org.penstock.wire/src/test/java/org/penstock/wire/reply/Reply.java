package org.penstock.wire.reply;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.penstock.wire.Capabilities;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.ServerStatus;
import org.penstock.wire.packet.EofPacket;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.packet.LocalInfileRequest;
import org.penstock.wire.packet.OkPacket;
import org.penstock.wire.packet.ProgressReport;

/** A reply for tests: packets with the event that each must be. */
final class Reply {
    static final int AUTOCOMMIT = ServerStatus.AUTOCOMMIT;
    static final int MORE = AUTOCOMMIT | ServerStatus.MORE_RESULTS;

    final String name;
    final int command;
    final long capabilities;
    final List<byte[]> payloads = new ArrayList<>();
    final List<ReplyEvent> events = new ArrayList<>();
    boolean endless;

    Reply(String name, int command, long capabilities) {
        this.name = name;
        this.command = command;
        this.capabilities = capabilities;
    }

    boolean deprecateEof() {
        return Capabilities.has(capabilities, Capabilities.DEPRECATE_EOF);
    }

    Reply add(ReplyEvent event, byte[] payload) {
        payloads.add(payload);
        events.add(event);
        return this;
    }

    Reply ok(int status) {
        return add(ReplyEvent.OK, OkPacket.of(300, 70_000, status, 1).encode(capabilities));
    }

    Reply err() {
        return add(ReplyEvent.ERR, ErrPacket.of(1064, "syntax").encode(Capabilities.PROTOCOL_41));
    }

    Reply progress() {
        return add(ReplyEvent.PROGRESS, new ProgressReport(1, 2, 50_000, "copy").encode());
    }

    /** EOF, or what stands in for it. */
    Reply end(ReplyEvent event, int status) {
        byte[] payload = deprecateEof()
                ? OkPacket.of(0, 0, status, 2).encodeAsEof(capabilities)
                : new EofPacket(2, status).encode();
        return add(event, payload);
    }

    Reply eof(ReplyEvent event, int status) {
        return add(event, new EofPacket(2, status).encode());
    }

    Reply count(int columns, int... behind) {
        PacketWriter writer = new PacketWriter().writeLenenc(columns);
        for (int b : behind) {
            writer.writeByte(b);
        }
        return add(ReplyEvent.COLUMN_COUNT, writer.toByteArray());
    }

    Reply definitions(int count) {
        for (int i = 0; i < count; i++) {
            byte[] definition = new byte[30 + i];
            definition[0] = 3;
            add(ReplyEvent.COLUMN, definition);
        }
        return this;
    }

    /** Definitions, and the EOF behind them where there is one. */
    Reply columns(int count, int status) {
        definitions(count);
        return deprecateEof() ? this : eof(ReplyEvent.COLUMNS_END, status);
    }

    Reply textRows() {
        byte[] longRow = new byte[40_000];
        longRow[0] = (byte) 0xFC;
        return add(ReplyEvent.ROW, new byte[] {1, 'a'})
                .add(ReplyEvent.ROW, new byte[] {(byte) 0xFB, 1, 'x'})
                .add(ReplyEvent.ROW, new byte[] {0, 0})
                .add(ReplyEvent.ROW, new byte[] {(byte) 0xFB})
                .add(ReplyEvent.ROW, Arrays.copyOf(longRow, 300));
    }

    Reply binaryRows() {
        byte[] row = new byte[64];
        return add(ReplyEvent.ROW, new byte[] {0, 0, 5})
                .add(ReplyEvent.ROW, row)
                .add(ReplyEvent.ROW, new byte[] {0, 4});
    }

    Reply localInfile() {
        return add(ReplyEvent.LOCAL_INFILE, new LocalInfileRequest("/tmp/data.csv").encode());
    }

    Reply prepareOk(int id, int columns, int parameters) {
        byte[] payload = new PacketWriter()
                .writeByte(0)
                .writeInt(id)
                .writeShort(columns)
                .writeShort(parameters)
                .writeByte(0)
                .writeShort(3)
                .toByteArray();
        return add(ReplyEvent.PREPARE_OK, payload);
    }

    Reply endless() {
        endless = true;
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < payloads.size(); i++) {
            out.writeBytes(PacketWriter.frame(i + 1, payloads.get(i)));
        }
        return out.toByteArray();
    }

    long rows() {
        return events.stream()
                .filter(event -> event == ReplyEvent.ROW || event == ReplyEvent.BINLOG_EVENT)
                .count();
    }

    @Override
    public String toString() {
        return name + (deprecateEof() ? ", EOF deprecated" : ", with EOF");
    }
}
