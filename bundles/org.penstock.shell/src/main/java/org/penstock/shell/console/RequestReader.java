package org.penstock.shell.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Requests of a client, a line each. */
final class RequestReader {
    /** Bytes of a line. */
    static final int MAX_LINE = 128 * 1024;

    /**
     * One request.
     *
     * @param word what to do, or the whole line if it is not understood
     * @param text decoded argument, empty without one
     */
    record Request(String word, String text) {}

    private final InputStream in;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** The next request, or null at the end; a line over the limit is an error. */
    @Nullable
    Request next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            if (next == '\n') {
                return parse(line.toString(StandardCharsets.UTF_8));
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("a request of more than " + MAX_LINE + " bytes");
            }
            line.write(next);
        }
    }

    private static Request parse(String line) {
        if (line.equals("INTERRUPT")) {
            return new Request(line, "");
        }
        int blank = line.indexOf(' ');
        String word = blank < 0 ? line : line.substring(0, blank);
        if (blank >= 0 && (word.equals("EXEC") || word.equals("COMPLETE"))) {
            try {
                byte[] text = Base64.getDecoder().decode(line.substring(blank + 1));
                return new Request(word, new String(text, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return new Request(line, "");
            }
        }
        return new Request(line, "");
    }
}
