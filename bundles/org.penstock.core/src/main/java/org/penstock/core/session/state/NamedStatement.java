package org.penstock.core.session.state;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name in a text PREPARE or DEALLOCATE, where it is written plainly: without comments in front of it. */
final class NamedStatement {
    private static final int MAX_HEAD = 256;
    private static final String NAME = "(?:`([^`]++)`|([A-Za-z0-9_$]++))";
    private static final Pattern PREPARE = Pattern.compile("\\s*+PREPARE\\s++" + NAME + "\\s++FROM\\b", flags());
    private static final Pattern DEALLOCATE =
            Pattern.compile("\\s*+(?:DEALLOCATE|DROP)\\s++PREPARE\\s++" + NAME + "\\s*+;?+\\s*+", flags());
    private static final Pattern EXECUTE = Pattern.compile("\\bEXECUTE\\b", flags());

    private NamedStatement() {}

    private static int flags() {
        return Pattern.CASE_INSENSITIVE;
    }

    /** The name that a COM_QUERY prepares, in lower case, or null. */
    static @Nullable String prepared(byte[] payload) {
        Matcher matcher = PREPARE.matcher(head(payload));
        return matcher.lookingAt() ? name(matcher) : null;
    }

    /** The name that a COM_QUERY gives up, in lower case, or null. */
    static @Nullable String deallocated(byte[] payload) {
        Matcher matcher = DEALLOCATE.matcher(head(payload));
        return payload.length <= MAX_HEAD && matcher.matches() ? name(matcher) : null;
    }

    /** Whether a COM_QUERY may execute a named statement. */
    static boolean mayExecute(byte[] payload) {
        return payload.length > MAX_HEAD || EXECUTE.matcher(head(payload)).find();
    }

    private static String head(byte[] payload) {
        return new String(payload, 1, Math.min(payload.length - 1, MAX_HEAD), StandardCharsets.ISO_8859_1);
    }

    private static String name(Matcher matcher) {
        String quoted = matcher.group(1);
        return (quoted == null ? matcher.group(2) : quoted).toLowerCase(Locale.ROOT);
    }
}
