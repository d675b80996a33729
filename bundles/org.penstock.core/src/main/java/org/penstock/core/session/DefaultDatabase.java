package org.penstock.core.session;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Command;

/** Reads the default database that a command asks for: COM_INIT_DB, or the text {@code USE name}. */
final class DefaultDatabase {
    /** Longest name in bytes: 64 characters of four bytes, quoted, with blanks around. */
    static final int MAX_LENGTH = 1024;

    private DefaultDatabase() {}

    /** The name, or null when the command asks for none. */
    static @Nullable String askedFor(Bytes bytes, int from, int count, Charset charset) {
        if (count < 2 || count > MAX_LENGTH) {
            return null;
        }
        if (bytes.unsignedAt(from) != Command.COM_QUERY) {
            return text(bytes, from + 1, count - 1, charset);
        }
        int at = from + 1;
        int end = from + count;
        while (at < end && bytes.unsignedAt(at) <= ' ') {
            at++;
        }
        if (end - at < 5 || !isUse(bytes, at)) {
            return null;
        }
        String name = text(bytes, at + 4, end - at - 4, charset).strip();
        while (name.endsWith(";")) {
            name = name.substring(0, name.length() - 1).strip();
        }
        if (name.length() >= 2 && name.charAt(0) == '`' && name.charAt(name.length() - 1) == '`') {
            return name.substring(1, name.length() - 1).replace("``", "`");
        }
        return name.isEmpty() || name.contains(" ") ? null : name;
    }

    private static boolean isUse(Bytes bytes, int at) {
        return (bytes.at(at) | 0x20) == 'u'
                && (bytes.at(at + 1) | 0x20) == 's'
                && (bytes.at(at + 2) | 0x20) == 'e'
                && bytes.unsignedAt(at + 3) <= ' ';
    }

    private static String text(Bytes bytes, int from, int count, Charset charset) {
        byte[] copy = new byte[count];
        bytes.copy(from, copy, 0, count);
        return new String(copy, charset);
    }
}
