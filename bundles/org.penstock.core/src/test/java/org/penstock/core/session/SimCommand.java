package org.penstock.core.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;

/**
 * A command that says in its own text what every party does with it: {@code #id kind n size @directive... ;padding}.
 *
 * @param kind what the server answers
 * @param n rows, columns or parameters of the answer
 * @param size bytes of a value
 * @param directives what filters and the router do
 * @param padding bytes behind the text
 */
record SimCommand(int id, int code, String kind, int n, int size, Set<String> directives, int padding) {
    private static final int EXECUTE_PREFIX = 9;

    boolean has(String directive) {
        return directives.contains(directive);
    }

    boolean replies() {
        return CommandType.hasReply(code);
    }

    SimCommand with(int rows) {
        Set<String> less = new TreeSet<>(directives);
        less.remove("@rewrite");
        return new SimCommand(id, code, kind, rows, size, less, padding);
    }

    byte[] payload() {
        String text = "#" + id + " " + kind + " " + n + " " + size + " " + String.join(" ", directives) + ";";
        int prefix = 1 + (code == CommandType.STMT_EXECUTE ? EXECUTE_PREFIX : 0);
        byte[] start = text.getBytes(StandardCharsets.US_ASCII);
        byte[] payload = new byte[prefix + start.length + padding];
        payload[0] = (byte) code;
        System.arraycopy(start, 0, payload, prefix, start.length);
        for (int i = prefix + start.length; i < payload.length; i++) {
            payload[i] = (byte) (i * 31 + id);
        }
        return payload;
    }

    byte[] framed() {
        return PacketWriter.frame(0, payload());
    }

    /** Reads the text back, from as much of the payload as is there; null for a command without one. */
    static SimCommand parse(byte[] payload) {
        int from = 1 + ((payload[0] & 0xFF) == CommandType.STMT_EXECUTE ? EXECUTE_PREFIX : 0);
        if (payload.length <= from || payload[from] != '#') {
            return null;
        }
        int to = from;
        while (to < payload.length && payload[to] != ';') {
            to++;
        }
        if (to == payload.length) {
            throw new AssertionError("a command is cut: " + new String(payload, StandardCharsets.ISO_8859_1));
        }
        String[] words = new String(payload, from + 1, to - from - 1, StandardCharsets.US_ASCII).split(" +");
        Set<String> directives = new TreeSet<>(List.of(words).subList(4, words.length));
        directives.remove("");
        return new SimCommand(
                Integer.parseInt(words[0]),
                payload[0] & 0xFF,
                words[1],
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                directives,
                payload.length - to - 1);
    }

    /** The answer of a server, in payloads. */
    List<SimReply.Part> reply(long capabilities) {
        return new ArrayList<>(new SimReply(this, capabilities).parts());
    }
}
