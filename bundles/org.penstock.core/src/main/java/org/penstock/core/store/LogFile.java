package org.penstock.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.Blocking;

/** A file that lines are appended to; opens itself, anew when it was moved or removed. Used by one thread. */
@Blocking
final class LogFile {
    private final Path path;
    private final String header;
    private boolean truncate;
    private @Nullable FileChannel channel;
    private @Nullable Object key;

    LogFile(Path path, boolean append, String header) {
        this.path = path;
        this.header = header;
        this.truncate = !append;
    }

    Path path() {
        return path;
    }

    /** Writes all of the text or nothing of it. */
    void append(CharSequence text) throws IOException {
        FileChannel out = opened();
        long before = out.size();
        try {
            write(out, text);
        } catch (IOException e) {
            undo(out, before);
            throw e;
        }
    }

    /** Makes the next {@link #append} look whether the file is still there. */
    void check() {
        if (channel != null && !Objects.equals(key, keyNow())) {
            close();
        }
    }

    void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // What was written is with the system already; there is nothing left to lose.
                channel = null;
            }
        }
    }

    private FileChannel opened() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            return open;
        }
        Path directory = path.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        try {
            begin(open);
        } catch (IOException e) {
            open.close();
            throw e;
        }
        truncate = false;
        channel = open;
        key = keyNow();
        return open;
    }

    private void begin(FileChannel open) throws IOException {
        if (truncate) {
            open.truncate(0);
        }
        if (open.size() > 0 || header.isEmpty()) {
            return;
        }
        try {
            write(open, header + "\n");
        } catch (IOException e) {
            undo(open, 0);
            throw e;
        }
    }

    private @Nullable Object keyNow() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            return key;
        }
    }

    private static void write(FileChannel out, CharSequence text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private void undo(FileChannel out, long size) {
        try {
            if (out.size() > size) {
                out.truncate(size);
            }
        } catch (IOException e) {
            // A torn line remains; the next one begins in a file that is opened anew.
            close();
        }
    }
}
