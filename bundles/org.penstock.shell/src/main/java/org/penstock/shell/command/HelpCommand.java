package org.penstock.shell.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.shell.Usage;
import org.penstock.shell.UsageException;
import org.penstock.shell.Verb;
import org.penstock.shell.Verbs;
import org.penstock.shell.text.NearestWord;

/** {@code help} and {@code help alter}; of commands that are not ours, what Felix says. */
@Component(
        service = HelpCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=help"})
public final class HelpCommand {
    /** A verb in the overview, and a scope before its commands. */
    private static final int INDENT = 12;

    private static final String SCOPE = "penstock";

    private final Verbs verbs;

    @Activate
    public HelpCommand(@Reference Verbs verbs) {
        this.verbs = verbs;
    }

    @Descriptor("lists the commands, or explains one with examples")
    @Usage(
            value = "help [COMMAND]",
            example = {"help", "help alter", "help felix:update"})
    public String help(CommandSession session, @Descriptor("the command") String... command) throws Exception {
        if (command.length == 0) {
            return overview(session);
        }
        String name = command[0].startsWith(SCOPE + ":") ? command[0].substring(SCOPE.length() + 1) : command[0];
        Optional<Verb> verb = verbs.verb(name);
        if (verb.isPresent()) {
            return explain(verb.get());
        }
        String qualified = qualified(session, name);
        if (session.get("felix:help") instanceof Function felix && !qualified.isEmpty()) {
            Object text = felix.execute(session, new ArrayList<>(List.of(qualified)));
            return text == null ? "" : text.toString();
        }
        throw new UsageException("no command '" + name + "'"
                + NearestWord.of(name, verbs.all().stream().map(Verb::name).toList())
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; 'help' lists all"));
    }

    private String overview(CommandSession session) {
        StringBuilder text = new StringBuilder();
        for (Verb verb : verbs.all()) {
            if (verb.scope().equals(SCOPE)) {
                text.append(column(verb.name())).append(verb.effect()).append('\n');
            }
        }
        text.append("\nof the runtime, by scope:\n");
        others(session).forEach((scope, names) -> text.append(column(scope))
                .append(String.join(" ", names))
                .append('\n'));
        return text.append("\n'help COMMAND' explains one; names and values with blanks are quoted")
                .toString();
    }

    private static String column(String word) {
        return word + " ".repeat(Math.max(1, INDENT - word.length()));
    }

    private Map<String, Collection<String>> others(CommandSession session) {
        TreeMap<String, Collection<String>> scopes = new TreeMap<>();
        if (session.get(".commands") instanceof Collection<?> commands) {
            for (Object command : commands) {
                String[] parts = command.toString().split(":", 2);
                if (parts.length == 2
                        && !(parts[0].equals(SCOPE) && verbs.verb(parts[1]).isPresent())) {
                    scopes.computeIfAbsent(parts[0], unused -> new TreeSet<>()).add(parts[1]);
                }
            }
        }
        return scopes;
    }

    /** The command that the name reaches, with its scope; empty when there is none. */
    private static String qualified(CommandSession session, String name) {
        if (!(session.get(".commands") instanceof Collection<?> commands)) {
            return "";
        }
        List<String> found = commands.stream()
                .map(Object::toString)
                .filter(command -> command.equals(name) || command.endsWith(":" + name))
                .toList();
        for (String scope : List.of(SCOPE, "felix", "gogo")) {
            if (found.contains(scope + ":" + name)) {
                return scope + ":" + name;
            }
        }
        return found.isEmpty() ? "" : found.get(0);
    }

    private static String explain(Verb verb) {
        return verb.name() + ": " + verb.effect() + "\n\n  "
                + String.join("\n  ", verb.forms()) + "\n\nfor example:\n  "
                + String.join("\n  ", verb.examples());
    }
}
