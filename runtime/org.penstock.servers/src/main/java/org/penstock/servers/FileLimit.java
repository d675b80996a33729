package org.penstock.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The process limit of open files, which a server lowers its own limits to. */
final class FileLimit {

    /** What a server opens beside its connections: tables, logs, its own files. */
    static final int BESIDE_CONNECTIONS = 900;

    private static final Pattern HARD = Pattern.compile("^Max open files\\s+\\S+\\s+(\\d+)");

    private FileLimit() {}

    static void warn(int maxConnections, Progress progress) {
        long hard;
        try {
            hard = hard(Files.readAllLines(Path.of("/proc/self/limits")));
        } catch (IOException unknown) {
            return;
        }
        if (hard < maxConnections + BESIDE_CONNECTIONS) {
            progress.report("The limit of open files (ulimit -Hn) is " + hard + ": the servers will allow fewer than "
                    + maxConnections + " connections");
        }
    }

    static long hard(List<String> limits) {
        return limits.stream()
                .map(HARD::matcher)
                .filter(Matcher::find)
                .map(matcher -> Long.parseLong(matcher.group(1)))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
