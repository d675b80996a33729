package org.penstock.config.ini;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory of changes made at run time: one file for each object, replaced atomically. */
public final class PersistedSections {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path directory;

    public PersistedSections(Path directory) {
        this.directory = directory;
    }

    /** The file of an object; what a file name cannot carry of the name is percent-encoded. */
    public Path file(String name) {
        return directory.resolve(Encoded.name(name) + ".cnf");
    }

    /** The text of an object's file, or null when there is none. */
    public @Nullable String text(String name) throws IOException {
        Path file = file(name);
        return Files.exists(file) ? Files.readString(file) : null;
    }

    /** Writes an object's section. It is on the disk, whole, when this returns. */
    public void write(String name, Map<String, String> values) throws IOException {
        restore(name, SectionText.write(name, values));
    }

    /** Puts the file of an object back to an earlier text; null removes it. */
    public void restore(String name, @Nullable String text) throws IOException {
        if (text == null) {
            remove(name);
            return;
        }
        Files.createDirectories(directory);
        Path temporary =
                Files.createTempFile(directory, "new", ".tmp", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Removes the file of an object; returns whether there was one. */
    public boolean remove(String name) throws IOException {
        boolean removed = Files.deleteIfExists(file(name));
        if (removed) {
            force();
        }
        return removed;
    }

    /** Makes a rename or removal durable. */
    private void force() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
