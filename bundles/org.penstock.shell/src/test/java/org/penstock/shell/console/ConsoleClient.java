package org.penstock.shell.console;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A client that speaks docs/console-protocol.md and nothing else. */
final class ConsoleClient implements AutoCloseable {
    record Answer(String out, String err, int status) {}

    private final SocketChannel channel;
    private final InputStream in;

    ConsoleClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    Answer exec(String line) throws IOException {
        send("EXEC " + encode(line));
        return answer();
    }

    void send(String request) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(request + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    Answer answer() throws IOException {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        while (true) {
            String[] header = line().split(" ");
            int number = Integer.parseInt(header[1]);
            switch (header[0]) {
                case "OUT" -> out.append(text(number));
                case "ERR" -> err.append(text(number));
                case "EXIT" -> {
                    return new Answer(out.toString(), err.toString(), number);
                }
                default -> throw new IOException("unexpected " + header[0]);
            }
        }
    }

    List<String> complete(String buffer) throws IOException {
        send("COMPLETE " + encode(buffer));
        String[] header = line().split(" ");
        if (!header[0].equals("CANDIDATES")) {
            throw new IOException("unexpected " + header[0]);
        }
        List<String> candidates = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(header[1]); i++) {
            candidates.add(new String(Base64.getDecoder().decode(line()), StandardCharsets.UTF_8));
        }
        return candidates;
    }

    static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One line, or an end of file. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            if (next == '\n') {
                return line.toString();
            }
            line.append((char) next);
        }
    }

    private String text(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
