package org.penstock.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/** The layout of an instance's data directory: {@code run/} and {@code cm/} (0700, it holds passwords), {@code log/}, {@code cache/}, {@code log-levels.xml}. */
final class DataDirectory {
    /** A unix socket's path has room for 108 bytes with its terminating zero. */
    static final int MAX_SOCKET_PATH = 107;

    private static final String PRIVATE = "rwx------";

    private final LaunchSettings settings;

    DataDirectory(LaunchSettings settings) {
        this.settings = settings;
    }

    /** Makes what is missing. */
    void create() throws LaunchException {
        try {
            Files.createDirectories(settings.data());
            Files.createDirectories(settings.log());
            Files.createDirectories(settings.run());
            Files.setPosixFilePermissions(settings.run(), PosixFilePermissions.fromString(PRIVATE));
            if (Files.notExists(logLevels())) {
                Files.writeString(logLevels(), "<included>\n</included>\n");
            }
        } catch (IOException e) {
            throw new LaunchException(
                    ExitCode.CANNOT_CREATE,
                    "cannot write the data directory " + settings.data() + ": " + e
                            + "; give a writable one with -D, or start as its owner");
        }
    }

    /** Makes the log open its file again, after another program has moved it away: Logback watches what conf/logback.xml includes. */
    void reopenLog() throws IOException {
        Files.setLastModifiedTime(logLevels(), FileTime.from(Instant.now()));
    }

    private Path logLevels() {
        return settings.data().resolve("log-levels.xml");
    }

    /** ConfigAdmin's store, emptied: the configuration file is read anew at every start. */
    Path emptyConfigStore() throws IOException {
        Path store = settings.data().resolve("cm");
        if (Files.exists(store)) {
            try (Stream<Path> found = Files.walk(store)) {
                for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(store);
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString(PRIVATE));
        return store;
    }

    /** Where the console listens; see docs/console-protocol.md. */
    Path consoleSocket() throws IOException {
        removeShortSocket();
        Path socket = settings.run().resolve("console.sock");
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH) {
            return socket;
        }
        Path directory = Files.createTempDirectory(
                "penstock-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
        Path shorter = directory.resolve("console.sock");
        Files.writeString(socketPointer(), shorter + "\n");
        return shorter;
    }

    /** Removes the directory that {@link #consoleSocket} may have made, also that of a process that was killed. */
    void removeShortSocket() throws IOException {
        Path pointer = socketPointer();
        if (Files.exists(pointer)) {
            Path socket = Path.of(Files.readString(pointer).strip());
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.resolveSibling(""));
            Files.delete(pointer);
        }
    }

    private Path socketPointer() {
        return settings.run().resolve("console.path");
    }
}
