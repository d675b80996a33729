package org.penstock.core.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;

/** The command line of a script with its placeholders filled in. No shell reads it: a value stays inside its word. */
final class ScriptCommand {
    private ScriptCommand() {}

    /**
     * The words of a command line, separated by blanks; quotes keep blanks, a backslash the character behind it.
     *
     * @throws IllegalArgumentException when a quote is not closed
     */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                i++;
                word.append(line.charAt(i));
                inWord = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
                inWord = true;
            } else if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("script: expected a closing " + quote + " in '" + line + "'");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    /** The words with every placeholder replaced. */
    static List<String> filled(List<String> words, MonitorEvent event, ServerView initiator, List<ServerView> servers) {
        String serverId = initiator.facts().getOrDefault("server_id", "");
        String masterId = initiator.facts().getOrDefault("master_id", "");
        List<String[]> values = List.of(
                new String[] {"$INITIATOR", place(initiator)},
                new String[] {"$PARENT", list(servers, server -> fact(server, "server_id", masterId))},
                new String[] {"$CHILDREN", list(servers, server -> fact(server, "master_id", serverId))},
                new String[] {"$EVENT", event.word()},
                new String[] {"$NODELIST", list(servers, server -> server.is(ServerStatus.RUNNING))},
                new String[] {"$MASTERLIST", list(servers, server -> server.is(ServerStatus.MASTER))},
                new String[] {"$SLAVELIST", list(servers, server -> server.is(ServerStatus.SLAVE))},
                new String[] {"$SYNCEDLIST", list(servers, server -> server.is(ServerStatus.SYNCED))},
                new String[] {"$LIST", list(servers, server -> true)});
        return words.stream()
                .map(word -> {
                    String text = word;
                    for (String[] value : values) {
                        text = text.replace(value[0], value[1]);
                    }
                    return text;
                })
                .toList();
    }

    private static boolean fact(ServerView server, String key, String expected) {
        return !expected.isEmpty()
                && !expected.equals("-1")
                && expected.equals(server.facts().get(key));
    }

    private static String list(List<ServerView> servers, Predicate<ServerView> chosen) {
        return servers.stream().filter(chosen).map(ScriptCommand::place).collect(Collectors.joining(","));
    }

    private static String place(ServerView server) {
        return "[" + server.address() + "]:" + server.port();
    }
}
