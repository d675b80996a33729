package org.penstock.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The jars of a folder whose size and time were the same at two looks in a row; a file that is being copied is not among them. At the first look, those that
 * have not changed for a while.
 */
final class StableFiles {
    /** Looked at in one folder. */
    private static final int MAX_FILES = 1_000;

    /** Age of a file that is complete at the first look. */
    private static final long SETTLED_MILLIS = 5_000;

    /**
     * What tells two contents of a path apart.
     *
     * @param size in bytes
     * @param changed time of the last change in milliseconds
     */
    record State(long size, long changed) {}

    private final Path folder;
    private Map<Path, State> before = Map.of();
    private boolean first = true;

    StableFiles(Path folder) {
        this.folder = folder;
    }

    /** Looks again. */
    Map<Path, State> look() throws IOException {
        Map<Path, State> now = new HashMap<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "[!.]*.jar")) {
                for (Path jar : jars) {
                    if (now.size() < MAX_FILES) {
                        note(jar, now);
                    }
                }
            }
        }
        Map<Path, State> stable = new TreeMap<>();
        now.forEach((path, state) -> {
            if (state.equals(before.get(path))
                    || (first && state.changed() < System.currentTimeMillis() - SETTLED_MILLIS)) {
                stable.put(path, state);
            }
        });
        before = now;
        first = false;
        return stable;
    }

    private static void note(Path jar, Map<Path, State> now) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                now.put(
                        jar,
                        new State(
                                attributes.size(), attributes.lastModifiedTime().toMillis()));
            }
        } catch (NoSuchFileException e) {
            // Removed between the two calls; the next look sees it too.
            now.remove(jar);
        }
    }

    /** True if the file was there at the last look, stable or not. */
    boolean present(Path jar) {
        return before.containsKey(jar);
    }
}
