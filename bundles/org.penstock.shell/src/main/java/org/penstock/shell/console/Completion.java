package org.penstock.shell.console;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Verb;
import org.penstock.shell.Verbs;

/** What may stand in place of the last word of a line. */
final class Completion {
    /** Answers longer than a screen help nobody. */
    private static final int MAX_CANDIDATES = 1_000;

    private final Verbs verbs;

    Completion(Verbs verbs) {
        this.verbs = verbs;
    }

    /** Whole words, quoted where needed; a blank behind a complete one. */
    List<String> candidates(String buffer, CommandSession session) {
        CommandWords words = CommandWords.lastCommand(buffer);
        String prefix = words.last();
        Stream<String> all = words.complete().isEmpty() ? names(prefix, session) : arguments(words.complete()).stream();
        return all.filter(word -> word.startsWith(prefix))
                .distinct()
                .limit(MAX_CANDIDATES)
                .map(Completion::finished)
                .toList();
    }

    private static String finished(String word) {
        return word.endsWith("=") ? word : CommandWords.quoted(word) + " ";
    }

    private List<String> arguments(List<String> words) {
        String verb =
                words.get(0).startsWith("penstock:") ? words.get(0).substring("penstock:".length()) : words.get(0);
        if (verb.equals("help") && words.size() == 1) {
            return verbs.all().stream().map(Verb::name).toList();
        }
        Optional<ShellCommand> command = verbs.command(verb);
        return command.isPresent() ? command.get().candidates(words.subList(1, words.size())) : List.of();
    }

    /** Our verbs; those of others too once a letter is there, qualified ones once a colon is. */
    private Stream<String> names(String prefix, CommandSession session) {
        TreeSet<String> names = new TreeSet<>();
        verbs.all().forEach(verb -> names.add(verb.name()));
        if (!prefix.isEmpty() && session.get(".commands") instanceof Collection<?> commands) {
            for (Object qualified : commands) {
                String name = qualified.toString();
                names.add(prefix.contains(":") ? name : name.substring(name.indexOf(':') + 1));
            }
        }
        return names.stream();
    }
}
