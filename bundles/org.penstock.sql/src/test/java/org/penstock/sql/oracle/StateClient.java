package org.penstock.sql.oracle;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A connection that tells what drivers do not: what the server reports about the session's state. */
final class StateClient implements AutoCloseable {

    private static final int CAPABILITIES =
            1 | 1 << 3 | 1 << 9 | 1 << 13 | 1 << 15 | 1 << 16 | 1 << 17 | 1 << 19 | 1 << 23 | 1 << 24;
    private static final int MORE_RESULTS = 0x0008;
    private static final int IN_TRANSACTION = 0x0001;
    private static final int STATE_CHANGED = 0x4000;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int sequence;
    private String row = "";

    private boolean inTransaction;
    private SessionReport report = new SessionReport();

    /** Error number or 0, its text, and what was reported. */
    record Answer(int error, String message, SessionReport report) {}

    StateClient(int port, String user, String password, String database) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
        byte[] greeting = read();
        int p = 1;
        while (greeting[p] != 0) {
            p++;
        }
        byte[] seed = new byte[20];
        System.arraycopy(greeting, p + 5, seed, 0, 8);
        System.arraycopy(greeting, p + 5 + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10, seed, 8, 12);
        ByteArrayOutputStream login = new ByteArrayOutputStream();
        little(login, CAPABILITIES, 4);
        little(login, 1 << 24, 4);
        login.write(45);
        login.write(new byte[23]);
        login.write(user.getBytes(StandardCharsets.UTF_8));
        login.write(0);
        byte[] proof = password.isEmpty() ? new byte[0] : proof(password, seed);
        login.write(proof.length);
        login.write(proof);
        login.write(database.getBytes(StandardCharsets.UTF_8));
        login.write(0);
        login.write("mysql_native_password".getBytes(StandardCharsets.UTF_8));
        login.write(0);
        write(login.toByteArray());
        byte[] answer = read();
        if (answer[0] == (byte) 0xff) {
            throw new IOException(new String(answer, StandardCharsets.ISO_8859_1));
        }
    }

    private static byte[] proof(String password, byte[] seed) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] once = sha1.digest(password.getBytes(StandardCharsets.UTF_8));
            byte[] twice = sha1.digest(once);
            sha1.update(seed);
            byte[] mask = sha1.digest(twice);
            for (int i = 0; i < mask.length; i++) {
                mask[i] ^= once[i];
            }
            return mask;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer query(byte[] sql) throws IOException {
        sequence = 0;
        byte[] command = new byte[sql.length + 1];
        command[0] = 3;
        System.arraycopy(sql, 0, command, 1, sql.length);
        write(command);
        SessionReport changed = new SessionReport();
        report = changed;
        for (; ; ) {
            byte[] first = read();
            int status;
            int head = first[0] & 0xff;
            if (head == 0xff) {
                int error = first[1] & 0xff | (first[2] & 0xff) << 8;
                return new Answer(error, new String(first, 9, first.length - 9, StandardCharsets.ISO_8859_1), changed);
            }
            if (head == 0) {
                status = status(first);
            } else if (head == 0xfb) {
                write(new byte[0]);
                status = MORE_RESULTS;
                continue;
            } else {
                status = rows(first[0] & 0xff);
                if (status < 0) {
                    return new Answer(-status, "in rows", changed);
                }
            }
            inTransaction = (status & IN_TRANSACTION) != 0;
            if ((status & MORE_RESULTS) == 0) {
                return new Answer(0, "", changed);
            }
        }
    }

    /** The only value of a query's only row. */
    String value(String sql) throws IOException {
        Answer answer = query(sql.getBytes(StandardCharsets.UTF_8));
        if (answer.error() != 0) {
            throw new IOException(sql + ": " + answer.message());
        }
        return row;
    }

    private int rows(int columns) throws IOException {
        for (int i = 0; i < columns; i++) {
            read();
        }
        for (; ; ) {
            byte[] packet = read();
            int head = packet[0] & 0xff;
            if (head == 0xfe && packet.length < 0xffffff) {
                return status(packet);
            }
            if (head != 0xff) {
                int from = lengthEncoded(packet, 0);
                row = head == 0xfb ? "" : new String(packet, from, packet.length - from, StandardCharsets.ISO_8859_1);
            } else {
                return -((packet[1] & 0xff) | ((packet[2] & 0xff) << 8));
            }
        }
    }

    /** Whether the last answer that was no error told of an open transaction. */
    boolean isInTransaction() {
        return inTransaction;
    }

    private int status(byte[] ok) {
        int p = lengthEncoded(ok, lengthEncoded(ok, 1));
        int status = ok[p] & 0xff | (ok[p + 1] & 0xff) << 8;
        if ((status & STATE_CHANGED) != 0) {
            // Behind the warnings a text for people, then the report, each with its length.
            int text = p + 4;
            int behind = skip(ok, text);
            while (ok[behind] == 0 && behind + 1 < ok.length) {
                // Servers write that length in the character set of the results: ucs2 and utf32 put zeros before it.
                behind++;
            }
            report.add(ok, lengthEncoded(ok, behind));
        }
        return status;
    }

    /** The index behind a text with its length. */
    private static int skip(byte[] packet, int at) {
        int first = packet[at] & 0xff;
        int length = first == 0xfc ? packet[at + 1] & 0xff | (packet[at + 2] & 0xff) << 8 : first;
        return lengthEncoded(packet, at) + length;
    }

    private static int lengthEncoded(byte[] packet, int at) {
        return at
                + switch (packet[at] & 0xff) {
                    case 0xfc -> 3;
                    case 0xfd -> 4;
                    case 0xfe -> 9;
                    default -> 1;
                };
    }

    private byte[] read() throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        sequence = in.readUnsignedByte() + 1;
        byte[] packet = new byte[length];
        in.readFully(packet);
        if (length == 0) {
            throw new EOFException("empty packet");
        }
        return packet;
    }

    private void write(byte[] payload) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        little(packet, payload.length, 3);
        packet.write(sequence);
        packet.write(payload);
        out.write(packet.toByteArray());
        out.flush();
    }

    private static void little(ByteArrayOutputStream to, int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            to.write(value >>> 8 * i);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
