package org.penstock.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.penstock.shell.command.HelpCommand;

/** All verbs of the shell that are there now. */
@Component(service = Verbs.class)
public final class Verbs {
    private static final String SCOPE = "osgi.command.scope";
    private static final String FUNCTION = "osgi.command.function";

    private record Entry(ShellCommand command, Verb verb) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindCommand(ShellCommand command, Map<String, ?> properties) {
        String scope = String.valueOf(properties.get(SCOPE));
        for (String name : names(properties)) {
            Verb verb = Verb.of(scope, name, command.getClass())
                    .orElseThrow(() -> new IllegalStateException(command + " has no method " + name));
            entries.put(name, new Entry(command, verb));
        }
    }

    public void unbindCommand(ShellCommand command) {
        entries.values().removeIf(entry -> entry.command() == command);
    }

    /** The command of an unqualified verb. */
    public Optional<ShellCommand> command(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::command);
    }

    /** The verb of this name. */
    public Optional<Verb> verb(String name) {
        return Optional.ofNullable(sorted().get(name));
    }

    /** All verbs by name. */
    public Collection<Verb> all() {
        return sorted().values();
    }

    /** {@code help} is not bound like the others, because it needs this. */
    private Map<String, Verb> sorted() {
        Map<String, Verb> verbs = new TreeMap<>();
        entries.forEach((name, entry) -> verbs.put(name, entry.verb()));
        Verb.of("penstock", "help", HelpCommand.class).ifPresent(help -> verbs.put("help", help));
        return verbs;
    }

    private static List<String> names(Map<String, ?> properties) {
        Object value = properties.get(FUNCTION);
        List<String> names = new ArrayList<>();
        if (value instanceof String[] several) {
            names.addAll(List.of(several));
        } else if (value != null) {
            names.add(value.toString());
        }
        return names;
    }
}
