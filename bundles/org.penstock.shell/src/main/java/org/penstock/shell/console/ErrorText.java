package org.penstock.shell.console;

import java.io.EOFException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.BundleException;
import org.penstock.shell.UsageException;
import org.penstock.shell.Verb;
import org.penstock.shell.Verbs;
import org.penstock.shell.text.NearestWord;

/**
 * Why a command failed, for the operator.
 *
 * @param text one line or more, without a line end
 * @param status exit status
 */
record ErrorText(String text, int status) {
    static final int FAILED = 1;
    static final int USAGE = 64;
    static final int CANCELLED = 130;

    static ErrorText of(Throwable failure, String line, CommandSession session, Verbs verbs) {
        if (failure instanceof ExecutionException && failure.getCause() != null) {
            return of(failure.getCause(), line, session, verbs);
        }
        if (failure instanceof CommandNotFoundException missing) {
            return new ErrorText("error: " + unknown(missing.getCommand(), session, verbs), USAGE);
        }
        if (failure instanceof SyntaxError || failure instanceof EOFException) {
            return new ErrorText("error: the line cannot be read: " + message(failure), USAGE);
        }
        if (failure instanceof UsageException) {
            return new ErrorText("error: " + message(failure) + usage(line, verbs), USAGE);
        }
        if (failure instanceof IllegalArgumentException && message(failure).startsWith("Cannot coerce")) {
            String usage = usage(line, verbs);
            return new ErrorText("error: wrong arguments" + (usage.isEmpty() ? ": " + message(failure) : usage), USAGE);
        }
        return new ErrorText("error: " + message(failure), FAILED);
    }

    private static String unknown(String command, CommandSession session, Verbs verbs) {
        List<String> names =
                new ArrayList<>(verbs.all().stream().map(Verb::name).toList());
        if (session.get(".commands") instanceof Collection<?> commands) {
            commands.forEach(qualified ->
                    names.add(command.contains(":") ? qualified.toString() : unqualified(qualified.toString())));
        }
        return "unknown command '" + command + "'"
                + NearestWord.of(command, names)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; 'help' lists all commands");
    }

    private static String unqualified(String command) {
        return command.substring(command.indexOf(':') + 1);
    }

    /** The forms of the verb that the line begins with. */
    private static String usage(String line, Verbs verbs) {
        List<String> words = CommandWords.literal(line);
        Optional<Verb> verb = words.isEmpty() ? Optional.empty() : verbs.verb(unqualified(words.get(0)));
        return verb.map(known -> "\nusage: " + String.join("\n       ", known.forms()))
                .orElse("");
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof BundleException && failure.getCause() != null) {
            return message + ": " + message(failure.getCause());
        }
        return message == null || message.isBlank() ? failure.getClass().getName() : message;
    }
}
