package org.penstock.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.error.SqlError;

/** The reply of a server to one command, packet by packet. */
public final class FakeReply {
    /** SERVER_MORE_RESULTS_EXISTS. */
    static final int MORE_RESULTS = 8;

    private static final int AUTOCOMMIT = 2;
    private static final int UTF8MB4 = 45;
    private static final int VAR_STRING = 0xFD;

    /** One packet: what it is, its payload, and the status flags and warnings as of it. */
    record Packet(ReplyPart.Kind kind, byte[] payload, int status, int warnings, int error) {}

    private final List<Packet> packets = new ArrayList<>();

    private FakeReply() {}

    /** An OK packet. */
    public static FakeReply ok() {
        return ok(AUTOCOMMIT, 0);
    }

    public static FakeReply ok(int status, int warnings) {
        return new FakeReply().add(ReplyPart.Kind.OK, okPayload(0x00, status, warnings), status, warnings);
    }

    /** The OK of a prepare: the statement has no parameters and no columns. */
    public static FakeReply prepared(int id) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        twoBytes(out, id);
        twoBytes(out, id >>> 16);
        out.writeBytes(new byte[7]);
        return new FakeReply().add(ReplyPart.Kind.HEADER, out.toByteArray(), AUTOCOMMIT, 0);
    }

    /** An ERR packet. */
    public static FakeReply error(SqlError error) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xFF);
        twoBytes(out, error.code());
        out.write('#');
        out.writeBytes(error.sqlState().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(error.message().getBytes(StandardCharsets.UTF_8));
        FakeReply reply = new FakeReply();
        reply.packets.add(new Packet(ReplyPart.Kind.ERROR, out.toByteArray(), 0, 0, error.code()));
        return reply;
    }

    /** A text result in the shape that the session's capabilities ask for. */
    public static FakeReply rows(FakeSession session, List<String> columns, List<List<@Nullable String>> rows) {
        boolean deprecateEof = (session.capabilities() & FakeSession.DEPRECATE_EOF) != 0;
        FakeReply reply = new FakeReply();
        reply.add(ReplyPart.Kind.HEADER, new byte[] {(byte) columns.size()}, AUTOCOMMIT, 0);
        for (String column : columns) {
            reply.add(ReplyPart.Kind.COLUMN, columnPayload(column), AUTOCOMMIT, 0);
        }
        if (!deprecateEof) {
            reply.add(ReplyPart.Kind.COLUMNS_END, eofPayload(AUTOCOMMIT, 0), AUTOCOMMIT, 0);
        }
        for (List<@Nullable String> row : rows) {
            reply.add(ReplyPart.Kind.ROW, rowPayload(row), AUTOCOMMIT, 0);
        }
        byte[] end = deprecateEof ? okPayload(0xFE, AUTOCOMMIT, 0) : eofPayload(AUTOCOMMIT, 0);
        return reply.add(ReplyPart.Kind.ROWS_END, end, AUTOCOMMIT, 0);
    }

    /** A result of one column whose rows are the numbers from 1. */
    public static FakeReply numbers(FakeSession session, int count) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(List.of(Integer.toString(i)));
        }
        return rows(session, List.of("n"), rows);
    }

    /** This reply, followed by another of the same command: the status of the last packet so far says that more follows. */
    public FakeReply then(FakeReply next) {
        FakeReply both = new FakeReply();
        both.packets.addAll(packets);
        int last = both.packets.size() - 1;
        Packet end = both.packets.get(last);
        byte[] payload = end.payload().clone();
        boolean eof = end.kind() == ReplyPart.Kind.ROWS_END && payload.length == 5;
        payload[3] |= MORE_RESULTS;
        if (end.kind() == ReplyPart.Kind.ERROR || payload.length != (eof ? 5 : 7)) {
            throw new IllegalStateException("an OK or the end of rows can be followed by more, not " + end.kind());
        }
        both.packets.set(last, new Packet(end.kind(), payload, end.status() | MORE_RESULTS, end.warnings(), 0));
        both.packets.addAll(next.packets);
        return both;
    }

    /** The rows of this reply and their end, without what opens the result, as a fetch from a cursor gives them. */
    public FakeReply rowsOnly() {
        FakeReply rows = new FakeReply();
        for (Packet packet : packets) {
            if (packet.kind() == ReplyPart.Kind.ROW || packet.kind() == ReplyPart.Kind.ROWS_END) {
                rows.packets.add(packet);
            }
        }
        return rows;
    }

    /** Payloads of the packets. */
    public List<byte[]> payloads() {
        return packets.stream().map(Packet::payload).toList();
    }

    List<Packet> packets() {
        return List.copyOf(packets);
    }

    private FakeReply add(ReplyPart.Kind kind, byte[] payload, int status, int warnings) {
        packets.add(new Packet(kind, payload, status, warnings, 0));
        return this;
    }

    private static byte[] okPayload(int header, int status, int warnings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header);
        out.write(0);
        out.write(0);
        twoBytes(out, status);
        twoBytes(out, warnings);
        return out.toByteArray();
    }

    private static byte[] eofPayload(int status, int warnings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xFE);
        twoBytes(out, warnings);
        twoBytes(out, status);
        return out.toByteArray();
    }

    private static byte[] columnPayload(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : List.of("def", "", "", "", name, "")) {
            text(out, text);
        }
        out.write(0x0C);
        twoBytes(out, UTF8MB4);
        out.writeBytes(new byte[] {0, 1, 0, 0});
        out.write(VAR_STRING);
        out.writeBytes(new byte[5]);
        return out.toByteArray();
    }

    private static byte[] rowPayload(List<@Nullable String> row) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String value : row) {
            if (value == null) {
                out.write(0xFB);
            } else {
                text(out, value);
            }
        }
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 0xFB) {
            out.write(bytes.length);
        } else {
            out.write(0xFC);
            twoBytes(out, bytes.length);
        }
        out.writeBytes(bytes);
    }

    private static void twoBytes(ByteArrayOutputStream out, int value) {
        out.write(value & 0xFF);
        out.write(value >>> 8 & 0xFF);
    }
}
