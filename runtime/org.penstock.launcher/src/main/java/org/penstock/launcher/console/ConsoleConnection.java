package org.penstock.launcher.console;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The client's end of one shell session.
 *
 * <p>One thread calls {@link #exec} and {@link #complete}; {@link #interrupt} may come from any other.
 */
public final class ConsoleConnection implements Closeable {
    /** A frame header is a word and a number, a candidate one base64 word. */
    private static final int MAX_LINE = 128 * 1024;

    private static final int MAX_FRAME = 64 * 1024;
    private static final int MAX_CANDIDATES = 100_000;

    private final SocketChannel channel;
    private final InputStream in;

    private ConsoleConnection(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    /** Connects to the instance with this data directory. */
    public static ConsoleConnection open(Path data) throws IOException {
        Path pointer = data.resolve("run/console.path");
        Path socket =
                Files.exists(pointer) ? Path.of(Files.readString(pointer).strip()) : data.resolve("run/console.sock");
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new ConsoleConnection(channel);
    }

    /** Runs one command line and copies what it prints; returns its exit status. */
    public int exec(String command, OutputStream out, OutputStream err) throws IOException {
        send("EXEC " + encode(command));
        while (true) {
            String header = readLine();
            switch (word(header)) {
                case "OUT" -> copy(number(header, MAX_FRAME), out);
                case "ERR" -> copy(number(header, MAX_FRAME), err);
                case "EXIT" -> {
                    return number(header, Integer.MAX_VALUE);
                }
                default -> throw unexpected(header);
            }
        }
    }

    /** The words that may replace the last word of the buffer. */
    public List<String> complete(String buffer) throws IOException {
        send("COMPLETE " + encode(buffer));
        String header = readLine();
        if (!word(header).equals("CANDIDATES")) {
            throw unexpected(header);
        }
        int count = number(header, MAX_CANDIDATES);
        List<String> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            candidates.add(new String(Base64.getDecoder().decode(readLine()), StandardCharsets.UTF_8));
        }
        return candidates;
    }

    /** Cancels the command that is running, if any. */
    public void interrupt() throws IOException {
        send("INTERRUPT");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private synchronized void send(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void copy(int length, OutputStream target) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw closed();
        }
        target.write(bytes);
        target.flush();
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < MAX_LINE) {
            int next = in.read();
            if (next < 0) {
                throw closed();
            }
            if (next == '\n') {
                return line.toString();
            }
            line.append((char) next);
        }
        throw new IOException("the console sent a line of more than " + MAX_LINE + " bytes");
    }

    private static String word(String header) {
        int blank = header.indexOf(' ');
        return blank < 0 ? header : header.substring(0, blank);
    }

    private static int number(String header, int max) throws IOException {
        try {
            int number = Integer.parseInt(header.substring(header.indexOf(' ') + 1));
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, with the out of range.
        }
        throw unexpected(header);
    }

    private static IOException closed() {
        return new EOFException("Penstock closed the connection");
    }

    private static IOException unexpected(String header) {
        return new IOException("not the console of Penstock: it answered '" + header + "'");
    }
}
