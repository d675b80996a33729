import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Opens sessions that have run one query each and holds them until its standard input ends: {@code java IdleSessions.java HOST PORT COUNT USER
 * PASSWORD DATABASE}. Prints {@code OPEN COUNT} when all are there. Knows mysql_native_password only.
 */
final class IdleSessions {
    private static final int MAX_PACKET = 1 << 24;
    private static final int SCRAMBLE = 20;
    private static final int FIRST_PART = 8;

    /** CLIENT_LONG_PASSWORD, CONNECT_WITH_DB, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION, PLUGIN_AUTH. */
    private static final int CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int sequence;

    private IdleSessions(String host, int port) throws IOException {
        socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[2]);
        List<IdleSessions> sessions = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            IdleSessions session = new IdleSessions(args[0], Integer.parseInt(args[1]));
            session.login(args[3], args[4], args[5]);
            session.query("select 1");
            sessions.add(session);
        }
        System.out.println("OPEN " + sessions.size());
        while (System.in.read() >= 0) {
            // Until the end of standard input.
        }
        for (IdleSessions session : sessions) {
            session.socket.close();
        }
    }

    private void login(String user, String password, String database) throws Exception {
        byte[] greeting = read();
        int at = 1;
        while (greeting[at] != 0) {
            at++;
        }
        at += 1 + Integer.BYTES;
        byte[] scramble = new byte[SCRAMBLE];
        System.arraycopy(greeting, at, scramble, 0, FIRST_PART);
        // After the first part: filler, capabilities, character set, status, capabilities, length, ten reserved bytes.
        System.arraycopy(greeting, at + FIRST_PART + 19, scramble, FIRST_PART, SCRAMBLE - FIRST_PART);
        java.io.ByteArrayOutputStream response = new java.io.ByteArrayOutputStream();
        for (int value : new int[] {CAPABILITIES, MAX_PACKET}) {
            for (int shift = 0; shift < 32; shift += 8) {
                response.write(value >>> shift);
            }
        }
        response.write(45);
        response.write(new byte[23]);
        response.write(text(user));
        response.write(SCRAMBLE);
        response.write(proof(password, scramble));
        response.write(text(database));
        response.write(text("mysql_native_password"));
        write(response.toByteArray());
        byte[] answer = read();
        if ((answer[0] & 0xff) == 0xfe) {
            int end = 1;
            while (answer[end] != 0) {
                end++;
            }
            write(proof(password, Arrays.copyOfRange(answer, end + 1, end + 1 + SCRAMBLE)));
            answer = read();
        }
        check(answer);
    }

    private static byte[] text(String value) {
        return (value + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] proof(String password, byte[] scramble) throws Exception {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        byte[] once = sha1.digest(password.getBytes(StandardCharsets.UTF_8));
        byte[] twice = sha1.digest(once);
        sha1.update(scramble);
        byte[] mask = sha1.digest(twice);
        for (int index = 0; index < once.length; index++) {
            once[index] ^= mask[index];
        }
        return once;
    }

    private void query(String sql) throws IOException {
        sequence = 0;
        byte[] statement = sql.getBytes(StandardCharsets.UTF_8);
        byte[] command = new byte[statement.length + 1];
        command[0] = 3;
        System.arraycopy(statement, 0, command, 1, statement.length);
        write(command);
        check(read());
        for (int ends = 0; ends < 2; ) {
            byte[] packet = read();
            ends += (packet[0] & 0xff) == 0xfe && packet.length < 9 ? 1 : 0;
        }
    }

    private static void check(byte[] packet) throws IOException {
        if ((packet[0] & 0xff) == 0xff) {
            throw new IOException(new String(packet, 3, packet.length - 3, StandardCharsets.UTF_8));
        }
    }

    private byte[] read() throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        sequence = in.readUnsignedByte() + 1;
        byte[] payload = new byte[length];
        in.readFully(payload);
        return payload;
    }

    private void write(byte[] payload) throws IOException {
        byte[] packet = new byte[payload.length + 4];
        packet[0] = (byte) payload.length;
        packet[1] = (byte) (payload.length >> 8);
        packet[2] = (byte) (payload.length >> 16);
        packet[3] = (byte) sequence++;
        System.arraycopy(payload, 0, packet, 4, payload.length);
        out.write(packet);
    }
}
