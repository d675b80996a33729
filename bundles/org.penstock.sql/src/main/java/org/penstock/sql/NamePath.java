package org.penstock.sql;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Up to three names joined by dots, as they were just read. */
final class NamePath {

    @Nullable
    String first;

    @Nullable
    String second;

    String last = "";
    /** The value of the only word, 0 when it is quoted or qualified. */
    int word;

    boolean quoted;

    /** Reads from the current token, a name, on; afterwards the token behind is current. */
    void read(Tokenizer t, NamePool strings) {
        first = null;
        second = null;
        quoted = t.kind == Token.NAME;
        word = t.word;
        last = strings.text(t);
        int k = t.next();
        while (k == '.') {
            k = t.next();
            if (k != Token.WORD && k != Token.NAME && k != '*') {
                return;
            }
            first = second;
            second = last;
            last = k == '*' ? "*" : strings.text(t);
            word = 0;
            k = t.next();
        }
    }

    boolean isQualified() {
        return second != null;
    }

    /** The current token's text without its quotes. */
    static String text(Tokenizer t) {
        int from = t.start;
        int length = t.end - from;
        if (t.kind != Token.NAME) {
            return new String(t.in, from, length, StandardCharsets.UTF_8);
        }
        String inner = new String(t.in, from + 1, length - 2, StandardCharsets.UTF_8);
        String quote = String.valueOf((char) t.in[from]);
        return inner.contains(quote) ? inner.replace(quote + quote, quote) : inner;
    }

    /** The current token, a string, without quotes and escapes. */
    static String literal(Tokenizer t) {
        byte[] plain = new byte[t.end - t.start];
        boolean escapes = !t.dialect().is(SqlMode.NO_BACKSLASH_ESCAPES);
        byte quote = t.in[t.start];
        int length = 0;
        for (int i = t.start + 1; i < t.end - 1; i++) {
            byte c = t.in[i];
            if (escapes && c == '\\' && i + 1 < t.end - 1) {
                i++;
                c = unescaped(t.in[i]);
            } else if (c == quote) {
                i++;
            }
            plain[length++] = c;
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }

    private static byte unescaped(byte c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case '0' -> 0;
            case 'Z' -> 26;
            default -> c;
        };
    }
}
