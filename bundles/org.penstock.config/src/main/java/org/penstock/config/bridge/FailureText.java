package org.penstock.config.bridge;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reason in a stack trace as SCR keeps it: the message of the exception that the module threw, without the PID in front. */
final class FailureText {
    private static final String CAUSE = "Caused by: ";
    private static final Pattern WRAPPER = Pattern.compile(
            "^(java\\.lang\\.reflect\\.InvocationTargetException|org\\.osgi\\.service\\.component\\.ComponentException)\\b.*");
    private static final Pattern PID = Pattern.compile("^(?:\\[org\\.penstock\\.\\S+]|org\\.penstock\\.\\S+:) ");
    private static final Pattern EXCEPTION_CLASS = Pattern.compile("^[\\w.$]+(?:Exception|Error): ");

    private FailureText() {}

    static String of(@Nullable String trace) {
        if (trace == null) {
            return "it did not start; the log has the reason";
        }
        return trace.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\t") && !line.startsWith(" "))
                .map(line -> line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : line)
                .filter(line -> !WRAPPER.matcher(line).matches())
                .findFirst()
                .map(line -> EXCEPTION_CLASS.matcher(line).replaceFirst("").strip())
                .map(line -> PID.matcher(line).replaceFirst(""))
                .orElse("it did not start; the log has the reason");
    }
}
