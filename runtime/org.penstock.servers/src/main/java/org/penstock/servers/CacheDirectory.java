package org.penstock.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Directories that are made once and used by every process of the user: the unpacked archive and the template of a data directory. Each
 * has its version in its name, appears by one rename, and is removed when nothing has used it for {@link #KEPT_UNUSED}.
 */
final class CacheDirectory {

    /** System property that names the directory; the environment variable is {@link #VARIABLE}. */
    static final String PROPERTY = "penstock.servers.cache";

    static final String VARIABLE = "PENSTOCK_SERVERS_CACHE";

    /** How long an entry stays after its last use. */
    static final Duration KEPT_UNUSED = Duration.ofDays(30);

    private static final String UNFINISHED = "unfinished-";
    private static final String LAST_USED = ".last-used";
    private static final Duration LOCK_POLL = Duration.ofMillis(50);

    private final Path directory;

    CacheDirectory(Path directory) {
        this.directory = directory;
    }

    static CacheDirectory ofThisUser() {
        return new CacheDirectory(located(System.getProperties(), System.getenv()));
    }

    static Path located(Properties properties, Map<String, String> environment) {
        return Stream.of(properties.getProperty(PROPERTY), environment.get(VARIABLE))
                .filter(value -> value != null && !value.isBlank())
                .map(Path::of)
                .findFirst()
                .orElseGet(() -> {
                    String cache = environment.get("XDG_CACHE_HOME");
                    Path base = cache == null || cache.isBlank()
                            ? Path.of(properties.getProperty("user.home", "."), ".cache")
                            : Path.of(cache);
                    return base.resolve("penstock");
                })
                .toAbsolutePath();
    }

    Path path() {
        return directory;
    }

    /** What fills a directory; it is thrown away if this throws. */
    @FunctionalInterface
    interface Filler {
        void fill(Path directory) throws IOException;
    }

    /** The entry of that name, made by {@code filler} if it is not there; others that want it wait meanwhile. */
    Path entry(String name, Filler filler) {
        Path entry = directory.resolve(name);
        try {
            if (!Files.isDirectory(entry)) {
                create(entry, filler);
            }
            markUsed(entry);
            return entry;
        } catch (IOException e) {
            throw new ServersUnavailableException(
                    "the cache directory " + directory + " cannot be used: " + e,
                    "name another with -D" + PROPERTY + "=DIR or the environment variable " + VARIABLE,
                    e);
        }
    }

    private void create(Path entry, Filler filler) throws IOException {
        Files.createDirectories(directory);
        // Closing the channel gives the lock back.
        try (FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel);
            if (!Files.isDirectory(entry)) {
                createLocked(entry, filler);
            }
        }
    }

    private void createLocked(Path entry, Filler filler) throws IOException {
        sweep(entry);
        try (ScratchDirectory unfinished = ScratchDirectory.create(directory, UNFINISHED, () -> {})) {
            filler.fill(unfinished.path());
            Files.move(unfinished.path(), entry, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Waits for the lock; another thread of this process that holds it counts like another process. */
    private static void lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                channel.lock();
                return;
            } catch (OverlappingFileLockException heldByThisProcess) {
                Deadline.pause(LOCK_POLL);
            }
        }
    }

    private void sweep(Path wanted) throws IOException {
        Instant limit = Instant.now().minus(KEPT_UNUSED);
        for (Path entry : entries()) {
            boolean unfinished = entry.getFileName().toString().startsWith(UNFINISHED);
            if (unfinished || (!entry.equals(wanted) && lastUsed(entry).isBefore(limit))) {
                FileTree.delete(entry);
            }
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    private static Instant lastUsed(Path entry) throws IOException {
        Path mark = entry.resolve(LAST_USED);
        return Files.getLastModifiedTime(Files.exists(mark) ? mark : entry).toInstant();
    }

    private static void markUsed(Path entry) {
        Path mark = entry.resolve(LAST_USED);
        try {
            if (Files.exists(mark)) {
                Files.setLastModifiedTime(mark, FileTime.from(Instant.now()));
            } else {
                Files.writeString(mark, "");
            }
        } catch (IOException readOnly) {
            // A cache that somebody else filled serves as well.
        }
    }
}
