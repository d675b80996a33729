package org.penstock.benchmarks.macro.client;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Packets of the MySQL protocol on a blocking socket. For one thread. */
final class PacketStream implements Closeable {
    private static final int HEADER = 4;
    private static final int BUFFER = 64 * 1024;
    private static final int MAX_KEPT = 1024 * 1024;
    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(20).toMillis();

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer;
    private int at;
    private int limit;
    private int length;
    private int first;
    private int sequence;

    /** A connection with a receive buffer of so many bytes. */
    PacketStream(Endpoint address, int bufferSize) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        buffer = new byte[bufferSize];
    }

    PacketStream(Endpoint address) throws IOException {
        this(address, BUFFER);
    }

    /** Reads a packet and keeps its payload. */
    byte[] read() throws IOException {
        header();
        if (length > MAX_KEPT) {
            throw new IOException("a packet of " + length + " bytes where a short one was expected");
        }
        byte[] payload = new byte[length];
        for (int done = 0; done < length; ) {
            require();
            int part = Math.min(limit - at, length - done);
            System.arraycopy(buffer, at, payload, done, part);
            at += part;
            done += part;
        }
        return payload;
    }

    /** Reads a packet and drops its payload but for the first byte, see {@link #first}. */
    void skip() throws IOException {
        header();
        first = -1;
        for (int left = length; left > 0; ) {
            require();
            if (first < 0) {
                first = buffer[at] & 0xff;
            }
            int part = Math.min(limit - at, left);
            at += part;
            left -= part;
        }
    }

    /** First byte of the packet that was skipped last, or -1 when it was empty. */
    int first() {
        return first;
    }

    /** Payload length of the packet that was read or skipped last. */
    int length() {
        return length;
    }

    /** Sends the first packet of a command. */
    void command(byte[] payload) throws IOException {
        sequence = 0;
        write(payload);
    }

    /** Sends a packet with the next sequence number. */
    void write(byte[] payload) throws IOException {
        byte[] packet = new byte[payload.length + HEADER];
        packet[0] = (byte) payload.length;
        packet[1] = (byte) (payload.length >> 8);
        packet[2] = (byte) (payload.length >> 16);
        packet[3] = (byte) sequence++;
        System.arraycopy(payload, 0, packet, HEADER, payload.length);
        out.write(packet);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void header() throws IOException {
        length = octet() | octet() << 8 | octet() << 16;
        sequence = octet() + 1;
    }

    private int octet() throws IOException {
        require();
        return buffer[at++] & 0xff;
    }

    private void require() throws IOException {
        if (at == limit) {
            int count = in.read(buffer, 0, buffer.length);
            if (count < 0) {
                throw new EOFException("the connection was closed");
            }
            at = 0;
            limit = count;
        }
    }
}
