package org.penstock.core.net;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CommandType;
import org.penstock.wire.NativePassword;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.AuthSwitchRequest;
import org.penstock.wire.packet.ComChangeUser;
import org.penstock.wire.packet.ConnectionAttributes;
import org.penstock.wire.packet.EofPacket;
import org.penstock.wire.packet.HandshakeResponse41;
import org.penstock.wire.packet.HandshakeV10;
import org.penstock.wire.packet.OkPacket;

/** A client that speaks the wire protocol packet by packet over a plain socket, and writes down what it gets. */
final class RawClient implements AutoCloseable {
    static final long OLD_EOF = Capabilities.PROTOCOL_41
            | Capabilities.LONG_FLAG
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.LOCAL_FILES
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.MULTI_STATEMENTS
            | Capabilities.MULTI_RESULTS
            | Capabilities.PS_MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_ATTRS;
    static final long MODERN = OLD_EOF | Capabilities.DEPRECATE_EOF | Capabilities.SESSION_TRACK;

    /** With MariaDB's extended capabilities. */
    static final long EXTENDED = MODERN
            | Capabilities.PROGRESS
            | Capabilities.STMT_BULK_OPERATIONS
            | Capabilities.EXTENDED_METADATA
            | Capabilities.CACHE_METADATA;

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int MORE_RESULTS = 8;
    private static final int ENDS_ROWS = 0xFE;
    private static final int EOF_LENGTH = 5;
    private static final int ERROR = 0xFF;
    private static final int LOCAL_FILE = 0xFB;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    private long capabilities = MODERN;
    private byte[] seed = new byte[0];
    private int sequence;
    private int progressReports;

    RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** A client of a listener on another address than 127.0.0.1. */
    RawClient(String address, int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 4096));
        out = socket.getOutputStream();
    }

    RawClient(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 4096));
        out = socket.getOutputStream();
    }

    /** Sequence number of the last packet that was read. */
    int sequence() {
        return sequence;
    }

    /** Progress reports so far; they are not written down. */
    int progressReports() {
        return progressReports;
    }

    Socket socket() {
        return socket;
    }

    /** A client that is logged in as {@code app} with database {@code demo}. */
    static RawClient connected(int port, long capabilities) throws IOException {
        RawClient client = new RawClient(port);
        client.greeting();
        client.send(1, client.login(capabilities, "app"));
        client.expectOk();
        return client;
    }

    HandshakeV10 greeting() throws IOException {
        HandshakeV10 greeting = HandshakeV10.decode(payload());
        seed = greeting.seed();
        return greeting;
    }

    byte[] login(long asked, String password) {
        capabilities = asked;
        return new HandshakeResponse41(
                        asked,
                        1L << 30,
                        45,
                        "app",
                        NativePassword.scramble(bytes(password), seed),
                        "demo",
                        NativePassword.PLUGIN,
                        ConnectionAttributes.encode(Map.of("program_name", "raw")))
                .encode();
    }

    /** Reads the answer to a login, through a switch of the method if the server asks for one, and returns it. */
    byte[] loginAnswer(String password) throws IOException {
        byte[] answer = payload();
        if (first(answer) == ENDS_ROWS) {
            seed = AuthSwitchRequest.decode(answer).data();
            seed = java.util.Arrays.copyOf(seed, NativePassword.LENGTH);
            send(sequence + 1, NativePassword.scramble(bytes(password), seed));
            answer = payload();
        }
        return answer;
    }

    /** Logs in as {@code app}. */
    RawClient loggedIn() throws IOException {
        greeting();
        send(1, login(MODERN, "app"));
        expectOk();
        return this;
    }

    private void expectOk() throws IOException {
        byte[] answer = loginAnswer("app");
        if (first(answer) != 0) {
            throw new IOException("login refused: " + text(answer));
        }
    }

    byte[] changeUser(String password) {
        return new ComChangeUser(
                        "app",
                        NativePassword.scramble(bytes(password), seed),
                        "demo",
                        45,
                        NativePassword.PLUGIN,
                        ConnectionAttributes.encode(Map.of()))
                .encode(capabilities);
    }

    // -- sending

    void send(int number, byte[] payload) throws IOException {
        bytes(PacketWriter.frame(number, payload));
    }

    void bytes(byte[] raw) throws IOException {
        out.write(raw);
    }

    void command(int code, byte[] rest) throws IOException {
        send(0, new PacketWriter().writeByte(code).writeBytes(rest).toByteArray());
    }

    static byte[] query(String sql) {
        return new PacketWriter()
                .writeByte(CommandType.QUERY)
                .writeBytes(bytes(sql))
                .toByteArray();
    }

    // -- reading

    /** The next payload, of as many packets as it has. */
    byte[] payload() throws IOException {
        byte[] read = packets();
        while (Capabilities.has(capabilities, Capabilities.PROGRESS) && isProgress(read)) {
            progressReports++;
            read = packets();
        }
        return read;
    }

    private static boolean isProgress(byte[] payload) {
        return payload.length > 2 && first(payload) == ERROR && payload[1] == -1 && payload[2] == -1;
    }

    private byte[] packets() throws IOException {
        byte[] whole = new byte[0];
        while (true) {
            int header = Integer.reverseBytes(in.readInt());
            int length = header & PacketWriter.MAX_PACKET;
            sequence = header >>> 24;
            byte[] part = in.readNBytes(length);
            if (part.length < length) {
                throw new EOFException("a packet of " + length + " bytes ends at " + part.length);
            }
            if (whole.length == 0) {
                whole = part;
            } else {
                byte[] joined = java.util.Arrays.copyOf(whole, whole.length + length);
                System.arraycopy(part, 0, joined, whole.length, length);
                whole = joined;
            }
            if (length < PacketWriter.MAX_PACKET) {
                return whole;
            }
        }
    }

    /** Sends a query and writes its reply down. */
    List<String> run(String sql) throws IOException {
        send(0, query(sql));
        return reply();
    }

    /** Sends a command with a one-packet or result set reply and writes the reply down. */
    List<String> run(int code, byte[] rest) throws IOException {
        command(code, rest);
        return reply();
    }

    /** One whole reply: results up to the last, an OK, an error, or the request for a local file. */
    List<String> reply() throws IOException {
        List<String> seen = new ArrayList<>();
        while (result(seen)) {
            // the next one follows
        }
        return seen;
    }

    private boolean result(List<String> seen) throws IOException {
        byte[] head = note(seen);
        switch (first(head)) {
            case 0 -> {
                return (OkPacket.decode(head, capabilities).status() & MORE_RESULTS) != 0;
            }
            case ERROR, LOCAL_FILE -> {
                return false;
            }
            default -> {
                PacketReader count = new PacketReader("columns", head);
                int columns = (int) count.readLenenc();
                boolean known = Capabilities.has(capabilities, Capabilities.CACHE_METADATA) && count.readByte() == 0;
                int status = definitions(seen, columns, !known);
                // a cursor has no rows here
                return (status & 0x40) != 0 && !deprecated() ? false : rows(seen);
            }
        }
    }

    private boolean deprecated() {
        return Capabilities.has(capabilities, Capabilities.DEPRECATE_EOF);
    }

    private int definitions(List<String> seen, int count, boolean follow) throws IOException {
        for (int i = 0; i < count && follow; i++) {
            note(seen);
        }
        return count > 0 && !deprecated() ? EofPacket.decode(note(seen)).status() : 0;
    }

    /** Rows to their end; returns whether another result follows. */
    boolean rows(List<String> seen) throws IOException {
        while (true) {
            byte[] row = note(seen);
            int first = first(row);
            if (first == ERROR) {
                return false;
            }
            if (first == ENDS_ROWS && row.length < PacketWriter.MAX_PACKET) {
                // a binary log ends with an EOF packet whatever was negotiated
                int status = deprecated() && row.length != EOF_LENGTH
                        ? OkPacket.decode(row, capabilities).status()
                        : EofPacket.decode(row).status();
                return (status & MORE_RESULTS) != 0;
            }
        }
    }

    /** Prepares and writes the reply down; returns the statement's id, or -1. */
    int prepare(String sql, List<String> seen) throws IOException {
        command(CommandType.STMT_PREPARE, bytes(sql));
        return prepared(seen);
    }

    /** Reads the reply to a prepare and writes it down; returns the statement's id, or -1. */
    int prepared(List<String> seen) throws IOException {
        byte[] head = payload();
        if (first(head) == ERROR) {
            note(head, seen);
            return -1;
        }
        byte[] masked = head.clone();
        java.util.Arrays.fill(masked, 1, 5, (byte) 0);
        note(masked, seen);
        PacketReader reader = new PacketReader("prepared", head);
        reader.skip(1);
        int id = (int) reader.readInt();
        int columns = reader.readShort();
        definitions(seen, reader.readShort(), true);
        definitions(seen, columns, true);
        return id;
    }

    /** Reads one payload and writes it down. */
    byte[] note(List<String> seen) throws IOException {
        return note(payload(), seen);
    }

    /** Statement ids are the server's, counted over all connections, so they are left out. */
    private byte[] note(byte[] received, List<String> seen) {
        byte[] payload = first(received) == ERROR
                ? bytes(new String(received, StandardCharsets.UTF_8).replaceAll("\\([0-9]+\\)", "(id)"))
                : received;
        CRC32 sum = new CRC32();
        sum.update(payload);
        seen.add(sequence + ":" + payload.length + ":" + Long.toHexString(sum.getValue()) + ":" + text(payload));
        return received;
    }

    /** Whether the other side has closed; waits for it. */
    boolean closed() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    long drain() throws IOException {
        long count = 0;
        byte[] buffer = new byte[65536];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            count += read;
        }
        return count;
    }

    static int first(byte[] payload) {
        return payload.length == 0 ? -1 : payload[0] & 0xFF;
    }

    private static String text(byte[] payload) {
        if (payload.length > 100 && first(payload) != ERROR) {
            return "...";
        }
        String head = new String(payload, 0, Math.min(payload.length, 80), StandardCharsets.ISO_8859_1);
        return head.replaceAll("[^ -~]", ".");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Hangs up with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
