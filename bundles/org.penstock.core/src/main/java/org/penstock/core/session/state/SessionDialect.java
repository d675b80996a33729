package org.penstock.core.session.state;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.penstock.sql.ClientCharset;
import org.penstock.sql.Dialect;
import org.penstock.sql.ServerFamily;
import org.penstock.sql.SqlMode;
import org.penstock.wire.Charsets;
import org.penstock.wire.ServerStatus;

/**
 * How the statements of a session are to be read, as its servers have confirmed it. Their status flags say what {@code sql_mode} does to quotes; MySQL's do
 * not say ANSI_QUOTES, which is then taken from reported variables or the text of the SET that was confirmed.
 */
public final class SessionDialect {
    private static final int GBK_CHINESE_CI = 28;
    private static final int MODES = ServerStatus.NO_BACKSLASH_ESCAPES | ServerStatus.ANSI_QUOTES;

    private ServerFamily family = Dialect.DEFAULT.family();
    private int version = Dialect.DEFAULT.version();
    private int status;
    private int mode;
    private ClientCharset charset;
    private @Nullable Charset exact;
    private @Nullable Dialect made;

    /** For a client whose login named this collation. */
    public SessionDialect(int collation) {
        charset = charset(collation);
        exact = Charsets.of(collation);
    }

    private static ClientCharset charset(int collation) {
        return ClientCharset.of(Charsets.of(collation));
    }

    /** The servers' versions as they announce them; the lowest counts, and one that is not known does not. */
    public void servers(Iterable<@Nullable String> versions) {
        int lowest = Integer.MAX_VALUE;
        ServerFamily found = Dialect.DEFAULT.family();
        for (String text : versions) {
            int number = text == null ? 0 : Dialect.versionNumber(text);
            if (text != null && number > 0 && number < lowest) {
                lowest = number;
                found = text.contains("MariaDB") ? ServerFamily.MARIADB : ServerFamily.MYSQL;
            }
        }
        family = found;
        version = lowest == Integer.MAX_VALUE ? Dialect.DEFAULT.version() : lowest;
        made = null;
    }

    /** Status flags of a reply. */
    public void status(int flags) {
        int modes = flags & MODES;
        if (modes != status) {
            status = modes;
            made = null;
        }
    }

    /** {@code sql_mode} as a server reported it, or as it confirmed what the client set it to. */
    public void sqlMode(String value) {
        mode = SqlMode.parse(value);
        made = null;
    }

    /** {@code character_set_client} as a server reported it, or as it confirmed what the client set it to. */
    public void charset(String name) {
        charset = ClientCharset.of(name);
        exact = exact(name);
        made = null;
    }

    private static @Nullable Charset exact(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "utf8", "utf8mb3", "utf8mb4" -> StandardCharsets.UTF_8;
            case "latin1" -> Charsets.of(Charsets.LATIN1_SWEDISH_CI);
            case "gbk" -> Charsets.of(GBK_CHINESE_CI);
            default -> null;
        };
    }

    /** The client's character set, or null for one that is rare. */
    public @Nullable Charset charset() {
        return exact;
    }

    /** The session begins anew with this collation; {@code sql_mode} is the servers' default again. */
    public void reset(int collation) {
        charset = charset(collation);
        exact = Charsets.of(collation);
        status = 0;
        mode = 0;
        made = null;
    }

    /** Whether status flags tell all of {@code sql_mode} that matters. */
    public boolean modeInStatus() {
        return family == ServerFamily.MARIADB;
    }

    /** Whether every byte below 0x80 is the character that it is in ASCII. */
    public boolean plain() {
        return charset == ClientCharset.ASCII_BASED;
    }

    public Dialect get() {
        Dialect current = made;
        if (current == null) {
            current = new Dialect(family, version, modes(), charset);
            made = current;
        }
        return current;
    }

    /** With ANSI_QUOTES a MariaDB may be in its Oracle mode, in which more is a write: it is read so. */
    private int modes() {
        int modes = (status & ServerStatus.NO_BACKSLASH_ESCAPES) == 0 ? 0 : SqlMode.NO_BACKSLASH_ESCAPES;
        if (family == ServerFamily.MARIADB) {
            return (status & ServerStatus.ANSI_QUOTES) == 0
                    ? modes
                    : modes | SqlMode.ANSI_QUOTES | SqlMode.ORACLE | SqlMode.IGNORE_SPACE;
        }
        return modes | (mode & (SqlMode.ANSI_QUOTES | SqlMode.IGNORE_SPACE));
    }

    @Override
    public String toString() {
        Dialect current = get();
        StringBuilder text = new StringBuilder(current.family() + " " + current.version());
        text.append((current.sqlMode() & SqlMode.ANSI_QUOTES) == 0 ? "" : " ANSI_QUOTES");
        text.append((current.sqlMode() & SqlMode.NO_BACKSLASH_ESCAPES) == 0 ? "" : " NO_BACKSLASH_ESCAPES");
        return text.append(charset == ClientCharset.ASCII_BASED ? "" : " " + charset)
                .toString();
    }
}
