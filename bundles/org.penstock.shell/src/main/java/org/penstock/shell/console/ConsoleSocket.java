package org.penstock.shell.console;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A listening unix-domain socket that only its owner can reach, and its file. */
final class ConsoleSocket implements Closeable {
    /** Bytes of a path that every system takes. */
    static final int MAX_PATH = 107;

    private final ServerSocketChannel channel;
    private final Path path;

    private ConsoleSocket(ServerSocketChannel channel, Path path) {
        this.channel = channel;
        this.path = path;
    }

    /** Makes the directory with mode 0700 and the socket with 0600; a socket file on which nobody answers is replaced. */
    static ConsoleSocket bind(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        int length = absolute.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH) {
            throw new IOException("the path of the console socket has " + length + " bytes, more than the " + MAX_PATH
                    + " that a unix socket takes; use a data directory with a shorter path (-D): " + absolute);
        }
        makeDirectory(absolute);
        removeStale(absolute);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(absolute));
            Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new ConsoleSocket(channel, absolute);
    }

    private static void makeDirectory(Path socket) throws IOException {
        Path directory = socket.getParent();
        if (directory == null) {
            throw new IOException("the console socket needs a directory: " + socket);
        }
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private static void removeStale(Path socket) throws IOException {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            throw new InUseException("another process answers on the console socket " + probe.getRemoteAddress());
        } catch (InUseException e) {
            throw e;
        } catch (IOException nobody) {
            Files.delete(socket);
        }
    }

    private static final class InUseException extends IOException {
        private static final long serialVersionUID = 1L;

        InUseException(String message) {
            super(message);
        }
    }

    SocketChannel accept() throws IOException {
        return channel.accept();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
