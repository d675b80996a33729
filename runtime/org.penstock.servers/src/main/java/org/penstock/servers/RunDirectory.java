package org.penstock.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The temporary directory of one cluster, with a directory for each server. A lock in it says that its process lives; a directory whose
 * process is gone is removed, with what still runs in it, when the next one is made. A {@link Watchdog} does that at once: it kills the
 * processes whose ids stand in the files {@code pid} of the servers' directories.
 */
public final class RunDirectory implements AutoCloseable {

    /** What the names of these directories begin with; the id of the owning process follows. */
    static final String PREFIX = "penstock-servers-";

    /** In each server's directory: the id of its process while it runs. */
    static final String PID = "pid";

    private static final String OWNER = "owner.lock";
    private static final Duration DELETE_BOUND = Duration.ofSeconds(10);

    private final Path directory;
    private final FileChannel owner;
    private final Watchdog watchdog;

    private RunDirectory(Path directory) throws IOException {
        this.directory = directory;
        this.owner =
                FileChannel.open(directory.resolve(OWNER), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        owner.lock();
        this.watchdog = new Watchdog(directory);
    }

    /** Makes one in {@code parent}, after removing those that were left behind there. */
    public static RunDirectory create(Path parent) {
        try {
            Files.createDirectories(parent);
            removeAbandoned(parent);
            String prefix = PREFIX + ProcessHandle.current().pid() + "-";
            return new RunDirectory(Files.createTempDirectory(parent, prefix).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for servers can be made in " + parent, e);
        }
    }

    /** The directory, readable by its owner alone. */
    public Path path() {
        return directory;
    }

    /** Makes the directory of one server. */
    public Path add(String name) {
        try {
            return Files.createDirectory(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the directory; its servers have been ended before. */
    @Override
    public void close() {
        try {
            owner.close();
            boolean deleted = Deadline.in(DELETE_BOUND).await(() -> {
                try {
                    FileTree.delete(directory);
                    return true;
                } catch (IOException stillWritten) {
                    return false;
                }
            });
            if (!deleted) {
                throw new ServerException("cannot delete " + directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            watchdog.close();
        }
    }

    static void removeAbandoned(Path parent) throws IOException {
        for (Path candidate : candidates(parent)) {
            try {
                if (isAbandoned(candidate)) {
                    killServers(candidate);
                    FileTree.delete(candidate);
                }
            } catch (IOException notOurs) {
                // Another user's, or just being removed by its own watchdog.
            }
        }
    }

    private static List<Path> candidates(Path parent) throws IOException {
        String own = PREFIX + ProcessHandle.current().pid() + "-";
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> {
                        String name = child.getFileName().toString();
                        // Opening and closing a lock file of this process would drop its lock.
                        return name.startsWith(PREFIX) && !name.startsWith(own);
                    })
                    .filter(child -> Files.isDirectory(child, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static boolean isAbandoned(Path directory) throws IOException {
        Path lock = directory.resolve(OWNER);
        if (!Files.exists(lock)) {
            // It is being made or being removed.
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held != null;
        } catch (OverlappingFileLockException ownedHere) {
            return false;
        }
    }

    private static void killServers(Path directory) throws IOException {
        try (Stream<Path> servers = Files.list(directory)) {
            for (Path file : servers.map(server -> server.resolve(PID))
                    .filter(Files::isRegularFile)
                    .toList()) {
                long pid = Long.parseLong(Files.readString(file).strip());
                String command = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
                if (command.contains(directory.toString())) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        } catch (NumberFormatException unfinished) {
            // The wrapper died before it became a server.
        }
    }
}
