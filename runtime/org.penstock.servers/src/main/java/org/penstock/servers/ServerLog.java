package org.penstock.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The log that a server writes, read from where its present run began. */
final class ServerLog {

    private static final String READY = ": ready for connections.";
    private static final String PORT_TAKEN = "Bind on TCP/IP port";
    private static final int SHOWN_LINES = 12;

    /** More than a server writes while it starts. */
    private static final int READ_BYTES = 1 << 20;

    private final Path file;
    private long start;

    ServerLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** What is in the file now belongs to earlier runs. */
    void mark() throws IOException {
        start = Files.exists(file) ? Files.size(file) : 0;
    }

    boolean saysReady() {
        return text().contains(READY);
    }

    boolean saysPortTaken() {
        return text().contains(PORT_TAKEN);
    }

    String complaints() {
        return complaints(text());
    }

    private String text() {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(READ_BYTES, Math.max(0, channel.size() - start)));
            channel.read(buffer, start);
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
        } catch (IOException notYet) {
            return "";
        }
    }

    /** The last lines that are errors, or the last lines if none is. */
    static String complaints(String text) {
        List<String> lines = text.lines().toList();
        List<String> errors =
                lines.stream().filter(line -> line.contains("ERROR")).toList();
        List<String> shown = errors.isEmpty() ? lines : errors;
        return String.join(
                System.lineSeparator(), shown.subList(Math.max(0, shown.size() - SHOWN_LINES), shown.size()));
    }
}
