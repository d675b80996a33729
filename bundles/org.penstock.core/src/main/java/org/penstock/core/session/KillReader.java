package org.penstock.core.session;

import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Command;
import org.penstock.wire.CommandType;

/**
 * Reads a KILL from the bytes of a command: the text of a query, or COM_PROCESS_KILL. What is not plainly a KILL of a number or of a user reads as null, and goes
 * to a server as it is; so do several statements in one text.
 *
 * @see <a href="https://mariadb.com/kb/en/kill/">KILL, MariaDB</a>
 */
final class KillReader {
    /** Longest text that is read; longer ones are no KILL. */
    static final int MAX_LENGTH = DefaultDatabase.MAX_LENGTH;

    /** The last version of MySQL whose executable comments both kinds of servers execute. */
    private static final int LAST_COMMON_VERSION = 50699;

    private final String text;
    private int at;
    private boolean executing;
    private boolean unclear;

    private KillReader(String text) {
        this.text = text;
    }

    /** What is to be killed, or null. */
    static @Nullable Kill read(Bytes bytes, int from, int count, Charset charset) {
        int code = count == 0 ? -1 : bytes.unsignedAt(from);
        if (code == CommandType.PROCESS_KILL) {
            return count < 5 ? null : Kill.connection("", false, bytes.intAt(from + 1) & 0xFFFF_FFFFL);
        }
        if (code != Command.COM_QUERY || count > MAX_LENGTH || !mayBe(bytes, from + 1, from + count)) {
            return null;
        }
        byte[] copy = new byte[count - 1];
        bytes.copy(from + 1, copy, 0, copy.length);
        KillReader reader = new KillReader(new String(copy, charset));
        Kill kill = reader.kill();
        return reader.unclear || reader.executing ? null : kill;
    }

    /** Whether the first character that is no blank begins a word with k, or a comment. */
    private static boolean mayBe(Bytes bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            int c = bytes.unsignedAt(i);
            if (c > ' ') {
                return (c | 0x20) == 'k' || ((c == '/' || c == '-' || c == '#') && hasWord(bytes, i, end));
            }
        }
        return false;
    }

    /** Whether the four letters stand anywhere, so that statements behind a comment are not copied each time. */
    private static boolean hasWord(Bytes bytes, int from, int end) {
        for (int i = from; i + 4 <= end; i++) {
            if ((bytes.unsignedAt(i) | 0x20) == 'k'
                    && (bytes.unsignedAt(i + 1) | 0x20) == 'i'
                    && (bytes.unsignedAt(i + 2) | 0x20) == 'l'
                    && (bytes.unsignedAt(i + 3) | 0x20) == 'l') {
                return true;
            }
        }
        return false;
    }

    private @Nullable Kill kill() {
        if (!word().equals("KILL")) {
            return null;
        }
        StringBuilder words = new StringBuilder();
        boolean query = false;
        String next = word();
        if (next.equals("HARD") || next.equals("SOFT")) {
            words.append(next).append(' ');
            next = word();
        }
        if (next.equals("CONNECTION") || next.equals("QUERY")) {
            query = next.equals("QUERY");
            words.append(next).append(' ');
            next = word();
        }
        if (next.equals("USER")) {
            return user(words.toString(), query);
        }
        long id = next.isEmpty() ? number() : -1;
        return id >= 0 && ended() ? Kill.connection(words.toString(), query, id) : null;
    }

    private @Nullable Kill user(String words, boolean query) {
        String user = name(false);
        String host = null;
        blanks();
        if (user != null && at < text.length() && text.charAt(at) == '@') {
            at++;
            host = name(true);
            user = host == null ? null : user;
        }
        return user != null && ended() ? new Kill(words, query, -1, user, host) : null;
    }

    /** A user, or a host, which may have dots: quoted, or a plain word. */
    private @Nullable String name(boolean dots) {
        blanks();
        char quote = at < text.length() ? text.charAt(at) : 0;
        if (quote != '\'' && quote != '"' && quote != '`') {
            int start = at;
            while (at < text.length() && (isName(text.charAt(at)) || (dots && text.charAt(at) == '.'))) {
                at++;
            }
            String plain = text.substring(start, at);
            return plain.isEmpty() || plain.equalsIgnoreCase("current_user") || plain.equalsIgnoreCase("current_role")
                    ? null
                    : plain;
        }
        StringBuilder name = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                return null;
            }
            if (c != quote) {
                name.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                name.append(c);
                at++;
            } else {
                at++;
                return name.toString();
            }
        }
        return null;
    }

    private static boolean isName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    /** The next word in capitals, empty where something else comes. */
    private String word() {
        blanks();
        int start = at;
        while (at < text.length() && isLetter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at).toUpperCase(Locale.ROOT);
    }

    private static boolean isLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    private long number() {
        int start = at;
        while (at < text.length() && at - start < 18 && isDigit(text.charAt(at))) {
            at++;
        }
        boolean endsThere = at == text.length() || !isName(text.charAt(at));
        return at > start && endsThere ? Long.parseLong(text.substring(start, at)) : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether nothing follows but blanks, comments and the delimiter. */
    private boolean ended() {
        blanks();
        while (at < text.length() && text.charAt(at) == ';') {
            at++;
            blanks();
        }
        return at == text.length();
    }

    /** Passes blanks and comments; the content of an executable comment is text like the rest. */
    private void blanks() {
        while (at < text.length()) {
            if (text.charAt(at) <= ' ') {
                at++;
            } else if (executing && text.startsWith("*/", at)) {
                executing = false;
                at += 2;
            } else if (text.charAt(at) == '#' || isDashes()) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end + 1;
            } else if (text.startsWith("/*!", at)) {
                at += 3;
                unclear |= executing || !versionApplies();
                executing = true;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                unclear |= end < 0 || text.startsWith("/*M!", at);
                at = end < 0 ? text.length() : end + 2;
            } else {
                return;
            }
        }
    }

    private boolean isDashes() {
        return text.startsWith("--", at) && (at + 2 == text.length() || text.charAt(at + 2) <= ' ');
    }

    /** Whether every server executes a comment with the version that stands here, or with none. */
    private boolean versionApplies() {
        int start = at;
        while (at < text.length() && at - start < 6 && isDigit(text.charAt(at))) {
            at++;
        }
        int digits = at - start;
        return digits == 0 || (digits == 5 && Integer.parseInt(text.substring(start, at)) <= LAST_COMMON_VERSION);
    }
}
