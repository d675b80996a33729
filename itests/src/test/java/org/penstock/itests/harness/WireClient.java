package org.penstock.itests.harness;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A client that speaks the protocol byte by byte, also wrongly. */
public final class WireClient implements AutoCloseable {
    private static final int CAPABILITIES = 0x1 | 0x200 | 0x2000 | 0x8000 | 0x80000 | 0x20000 | 0x1000000;
    private static final int SEED_LENGTH = 20;
    private static final int ERR = 0xFF;
    private static final int END_OF_ROWS = 0xFE;
    private static final int READ_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private byte[] seed = new byte[SEED_LENGTH];

    public WireClient(int port) throws IOException {
        this(port, "127.0.0.1");
    }

    /** @param from the client's own address */
    public WireClient(int port, String from) throws IOException {
        socket = new Socket("127.0.0.1", port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(READ_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Reads a packet's payload; null at the end of the stream, reset or not. */
    public byte[] packet() throws IOException {
        try {
            int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
            in.readUnsignedByte();
            return in.readNBytes(length);
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException ended) {
            return null;
        }
    }

    /** Reads until the other side closes; false when it does not. */
    public boolean closed() {
        try {
            while (packet() != null) {
                // An error before the close is allowed.
            }
            return true;
        } catch (IOException stillOpen) {
            return false;
        }
    }

    public void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends one packet. */
    public void send(int sequence, byte[] payload) throws IOException {
        byte[] bytes = new byte[payload.length + 4];
        bytes[0] = (byte) payload.length;
        bytes[1] = (byte) (payload.length >> 8);
        bytes[2] = (byte) (payload.length >> 16);
        bytes[3] = (byte) sequence;
        System.arraycopy(payload, 0, bytes, 4, payload.length);
        raw(bytes);
    }

    public void query(String sql) throws IOException {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[text.length + 1];
        payload[0] = 3;
        System.arraycopy(text, 0, payload, 1, text.length);
        send(0, payload);
    }

    /** Logs in as the application's account; returns the last packet of the login. */
    public byte[] login() throws IOException {
        return login("app");
    }

    /** The same with another password; returns the error in place of a greeting where the client gets one. */
    public byte[] login(String password) throws IOException {
        byte[] greeting = packet();
        if (greeting == null || (greeting[0] & 0xFF) == ERR) {
            return greeting;
        }
        int end = 1;
        while (greeting[end] != 0) {
            end++;
        }
        seed = new byte[SEED_LENGTH];
        System.arraycopy(greeting, end + 5, seed, 0, 8);
        System.arraycopy(greeting, end + 32, seed, 8, 12);
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        for (int shift = 0; shift < 32; shift += 8) {
            response.write(CAPABILITIES >> shift);
        }
        response.writeBytes(new byte[] {0, 0, 0, 1, 45});
        response.writeBytes(new byte[23]);
        response.writeBytes("app\0".getBytes(StandardCharsets.US_ASCII));
        response.write(SEED_LENGTH);
        response.writeBytes(proof(password, seed));
        response.writeBytes("mysql_native_password\0".getBytes(StandardCharsets.US_ASCII));
        send(1, response.toByteArray());
        return packet();
    }

    /** COM_CHANGE_USER to the application's account itself; returns the last packet of it. */
    public byte[] changeUser() throws IOException {
        ByteArrayOutputStream change = new ByteArrayOutputStream();
        change.write(0x11);
        change.writeBytes("app\0".getBytes(StandardCharsets.US_ASCII));
        change.write(SEED_LENGTH);
        change.writeBytes(proof("app", seed));
        change.writeBytes("demo\0".getBytes(StandardCharsets.US_ASCII));
        change.writeBytes(new byte[] {45, 0});
        change.writeBytes("mysql_native_password\0".getBytes(StandardCharsets.US_ASCII));
        send(0, change.toByteArray());
        return packet();
    }

    /** Runs a statement without rows; returns its reply. */
    public byte[] command(String sql) throws IOException {
        query(sql);
        return packet();
    }

    /** The first column of the first row of a statement with rows. */
    public String value(String sql) throws IOException {
        byte[] count = command(sql);
        if ((count[0] & 0xFF) == ERR) {
            throw new IOException(new String(count, StandardCharsets.UTF_8));
        }
        for (int column = 0; column < count[0]; column++) {
            packet();
        }
        byte[] row = packet();
        for (byte[] next = packet(); (next[0] & 0xFF) != END_OF_ROWS; ) {
            next = packet();
        }
        return new String(row, 1, row[0], StandardCharsets.UTF_8);
    }

    private static byte[] proof(String password, byte[] seed) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            byte[] once = sha.digest(password.getBytes(StandardCharsets.US_ASCII));
            byte[] twice = sha.digest(once);
            sha.update(seed);
            byte[] mask = sha.digest(twice);
            byte[] proof = Arrays.copyOf(once, once.length);
            for (int index = 0; index < proof.length; index++) {
                proof[index] ^= mask[index];
            }
            return proof;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
