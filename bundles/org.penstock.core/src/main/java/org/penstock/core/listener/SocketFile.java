package org.penstock.core.listener;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a unix socket, which outlives the process that listened on it. */
final class SocketFile {
    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

    private SocketFile() {}

    /** Deletes the file when it is a socket on which nobody listens; another process's stays, and so does what is no socket. */
    static void removeStale(Path file) {
        try {
            if (Files.exists(file)
                    && Files.readAttributes(file, BasicFileAttributes.class).isOther()
                    && stale(file)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("stale socket {} could not be removed: {}", file, e.toString());
        }
    }

    /** Lets every user of the machine connect, as servers do: who may log in is a matter of accounts. */
    static void admitEverybody(Path file) {
        try {
            Files.setPosixFilePermissions(file, EnumSet.allOf(PosixFilePermission.class));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("the mode of socket {} could not be set: {}", file, e.toString());
        }
    }

    private static boolean stale(Path file) {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(file));
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("whether somebody listens on {} is not known, so the file stays: {}", file, e.toString());
            return false;
        }
    }
}
