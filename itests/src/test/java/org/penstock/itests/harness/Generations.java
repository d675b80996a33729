package org.penstock.itests.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The generations of modules that open sessions have parts of, as the shell shows each session, and those that serve or linger, as the log tells it. */
public final class Generations {
    private static final Pattern LIFE =
            Pattern.compile("((?:router|filter) '[^']*' \\((\\S+) [^)]*\\)) (is ready|has left)");

    private final PenstockProcess penstock;
    private final ConsoleSession shell;
    private String behind = "";

    public Generations(PenstockProcess penstock, ConsoleSession shell) {
        this.penstock = penstock;
        this.shell = shell;
    }

    /**
     * Waits until every session has a part of this version of the module and no other, and the generations before have left.
     *
     * @param module as in {@code router=}
     * @param sessions how many open sessions there are at least
     */
    public void awaitMoved(String module, String version, int sessions) throws Exception {
        Await.until("all sessions are at " + module + " " + version, () -> behind, () -> {
            List<String> parts = parts(module);
            Set<String> serving = serving(module);
            behind = "parts " + parts + ", generations " + serving;
            return parts.size() >= sessions
                    && parts.stream().allMatch(part -> part.endsWith("(" + module + " " + version + ")"))
                    && serving.size() == 1;
        });
    }

    /** Each session's part of the module, without its revision. */
    private List<String> parts(String module) throws Exception {
        List<String> parts = new ArrayList<>();
        for (String session : shell.done("list sessions --tsv").lines().skip(1).toList()) {
            ConsoleSession.Reply shown = shell.run("show session " + session.split("\t", 2)[0] + " --tsv");
            if (shown.status() == 0) {
                shown.text()
                        .lines()
                        .filter(line -> line.startsWith("Module\t") && line.contains("(" + module + " "))
                        .map(line -> line.substring("Module\t".length()).replaceFirst(", revision \\d+\\)$", ")"))
                        .forEach(parts::add);
            }
        }
        return parts;
    }

    /** Generations of the module that became ready and have not left. */
    private Set<String> serving(String module) {
        Set<String> serving = new TreeSet<>();
        Matcher lives = LIFE.matcher(penstock.log());
        while (lives.find()) {
            if (lives.group(2).equals(module)) {
                if (lives.group(3).equals("is ready")) {
                    serving.add(lives.group(1));
                } else {
                    serving.remove(lives.group(1));
                }
            }
        }
        return serving;
    }
}
