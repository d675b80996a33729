package org.penstock.itests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** One session of the operators' shell, over its unix socket. */
public final class ConsoleSession implements AutoCloseable {
    /** What a command printed, on both outputs, and its status. */
    public record Reply(int status, String text) {}

    private final SocketChannel channel;
    private final InputStream in;

    private ConsoleSession(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    static ConsoleSession open(Path socket) throws IOException {
        Path elsewhere = socket.resolveSibling("console.path");
        Path target =
                Files.exists(elsewhere) ? Path.of(Files.readString(elsewhere).strip()) : socket;
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(target));
        return new ConsoleSession(channel);
    }

    /** Runs a command line. */
    public Reply run(String command) throws IOException {
        String encoded = Base64.getEncoder().encodeToString(command.getBytes(StandardCharsets.UTF_8));
        channel.write(ByteBuffer.wrap(("EXEC " + encoded + "\n").getBytes(StandardCharsets.US_ASCII)));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            String[] header = line().split(" ");
            int number = Integer.parseInt(header[1]);
            if (header[0].equals("EXIT")) {
                return new Reply(number, text.toString(StandardCharsets.UTF_8));
            }
            text.write(in.readNBytes(number));
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the console closed the connection");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /** Runs a command that must succeed. */
    public String done(String command) throws IOException {
        Reply reply = run(command);
        assertThat(reply.status()).as("%s%n%s", command, reply.text()).isZero();
        return reply.text();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
