package org.penstock.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The pid file, locked as long as the process lives.
 *
 * <p>The lock decides, not the number: after {@code kill -9} the file is left behind and the next start takes it over.
 * An orderly end empties the file instead of deleting it, so that no second process can lock another file of the same name.
 */
final class PidFile implements Closeable {
    private final FileChannel channel;

    private PidFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Locks the file and writes the pid of this process into it. */
    static PidFile lock(Path file, Path data) throws IOException, LaunchException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            String pid = Files.readString(file).strip();
            channel.close();
            throw new LaunchException(
                    ExitCode.ALREADY_RUNNING,
                    "Penstock already runs with data directory " + data + " (pid " + pid
                            + "); stop it, or give another directory with -D");
        }
        channel.truncate(0);
        String line = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        return new PidFile(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.truncate(0);
        channel.close();
    }
}
