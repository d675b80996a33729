package org.penstock.servers;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link ServersMain}.
 *
 * @param builder the cluster that is asked for
 * @param portFile where the lines of the servers are written as well
 * @param help whether only the usage is asked for
 */
record ServersArguments(EmbeddedClusterBuilder builder, @Nullable Path portFile, boolean help) {

    static final String USAGE =
            """
            Usage: java -jar org.penstock.servers.jar [OPTION VALUE]...
              --replicas N         GTID replicas beside the primary (2)
              --base-dir DIR       where the temporary directory of the servers is made (java.io.tmpdir)
              --max-connections N  sessions that each server allows (2000)
              --port-file FILE     file that gets the lines 'name host:port' too
              --server-option OPT  option of mariadbd, such as --server-option --wait-timeout=5; may be repeated""";

    static ServersArguments parse(String... args) {
        EmbeddedClusterBuilder builder = EmbeddedCluster.builder();
        Path portFile = null;
        Queue<String> left = new ArrayDeque<>(List.of(args));
        while (!left.isEmpty()) {
            String option = left.remove();
            switch (option) {
                case "--help", "-h" -> {
                    return new ServersArguments(builder, null, true);
                }
                case "--replicas" -> builder.replicas(number(option, left));
                case "--base-dir" -> builder.baseDirectory(Path.of(value(option, left)));
                case "--max-connections" -> builder.maxConnections(number(option, left));
                case "--port-file" -> portFile = Path.of(value(option, left));
                case "--server-option" -> builder.option(value(option, left));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new ServersArguments(builder, portFile, false);
    }

    private static String value(String option, Queue<String> left) {
        String value = left.poll();
        if (value == null) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return value;
    }

    private static int number(String option, Queue<String> left) {
        String value = value(option, left);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " is '" + value + "', expected a whole number", e);
        }
    }
}
