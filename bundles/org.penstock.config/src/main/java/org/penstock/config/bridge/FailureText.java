package org.penstock.config.bridge;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reason in a stack trace as SCR keeps it: the message of the innermost exception. */
final class FailureText {
    private static final String CAUSE = "Caused by: ";
    private static final Pattern EXCEPTION_CLASS = Pattern.compile("^[\\w.$]+(?:Exception|Error): ");

    private FailureText() {}

    static String of(@Nullable String trace) {
        if (trace == null || trace.isBlank()) {
            return "it did not start; the log has the reason";
        }
        int cause = trace.lastIndexOf(CAUSE);
        String innermost = trace.substring(cause < 0 ? 0 : cause + CAUSE.length());
        String line = innermost.lines().findFirst().orElse("").strip();
        return EXCEPTION_CLASS.matcher(line).replaceFirst("");
    }
}
