package org.penstock.core.session.state;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.penstock.wire.CommandType;

/**
 * What kind of state a session command assigns, where its text says that it does nothing but assign constants: then only the last of identical ones counts.
 * Texts with double quotes, backslashes or bytes beyond ASCII are none of these, since they mean different things in different states.
 */
enum Assignment {
    /** The default database. */
    DATABASE,
    /** User variables. */
    USER_VARIABLES,
    /** Session variables, character set, properties of the session's transactions. */
    SESSION_VARIABLES,
    /** Anything else. */
    OTHER;

    /** Longest text that is looked at. */
    private static final int MAX_LENGTH = 512;

    private static final String VALUE = "(?:'[^'\\\\\"]*+'|-?+[A-Za-z0-9_.]++)";
    private static final String TO = "\\s*+:?+=\\s*+";
    private static final Pattern DATABASE_TEXT =
            Pattern.compile("\\s*+USE\\s++[A-Za-z0-9_$`-]++\\s*+;?+\\s*+", flags());
    private static final Pattern USER_TEXT = assignments("SET\\s++", "@[A-Za-z0-9_$.]++" + TO + VALUE);
    private static final Pattern SESSION_TEXT = assignments(
            "SET\\s++",
            "(?:(?:(?:SESSION\\s++|LOCAL\\s++|@@(?:SESSION\\.|LOCAL\\.)?+)?+(?!GLOBAL\\b)[A-Z_]++" + TO + VALUE + ")"
                    + "|NAMES\\s++" + VALUE + "(?:\\s++COLLATE\\s++" + VALUE + ")?+"
                    + "|(?:CHARACTER\\s++SET|CHARSET)\\s++" + VALUE + ")");
    private static final Pattern TRANSACTION_TEXT =
            Pattern.compile("\\s*+SET\\s++(?:SESSION|LOCAL)\\s++TRANSACTION\\s++[A-Z, ]++;?+\\s*+", flags());

    private static int flags() {
        return Pattern.CASE_INSENSITIVE;
    }

    private static Pattern assignments(String verb, String one) {
        return Pattern.compile("\\s*+" + verb + one + "(?:\\s*+,\\s*+" + one + ")*+\\s*+;?+\\s*+", flags());
    }

    /** What a command assigns; {@code database} says that it is known to set the default one. */
    static Assignment of(byte[] payload, boolean database) {
        int code = payload[0] & 0xFF;
        if (code == CommandType.INIT_DB) {
            return DATABASE;
        }
        if (code != CommandType.QUERY || payload.length > MAX_LENGTH) {
            return OTHER;
        }
        String text = new String(payload, 1, payload.length - 1, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                return OTHER;
            }
        }
        if (database) {
            return DATABASE_TEXT.matcher(text).matches() ? DATABASE : OTHER;
        }
        if (USER_TEXT.matcher(text).matches()) {
            return USER_VARIABLES;
        }
        return SESSION_TEXT.matcher(text).matches()
                        || TRANSACTION_TEXT.matcher(text).matches()
                ? SESSION_VARIABLES
                : OTHER;
    }

    /** Whether what lies between two identical ones of these may be one of those. A string's collation is the session's, so user variables depend on it. */
    boolean commutesWith(Assignment between) {
        return switch (between) {
            case OTHER -> false;
            case USER_VARIABLES -> this != SESSION_VARIABLES;
            case DATABASE, SESSION_VARIABLES -> true;
        };
    }
}
