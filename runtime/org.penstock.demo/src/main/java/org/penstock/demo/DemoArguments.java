package org.penstock.demo;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the demo's command line says.
 *
 * @param servers the user's own servers; empty: embedded ones
 * @param replicas embedded replicas beside the primary
 * @param portBase port of the first listener, the next ones follow; 0: any free ports
 * @param user account of Penstock's services and monitors on the user's own servers; null: that of the configuration
 * @param password of {@code user}
 * @param help only the usage is wanted
 */
record DemoArguments(
        List<Address> servers,
        int replicas,
        int portBase,
        @Nullable String user,
        @Nullable String password,
        boolean help) {

    static final int DEFAULT_PORT_BASE = 4006;
    static final int DEFAULT_REPLICAS = 2;

    private static final int HIGHEST_PORT_BASE = 65_000;
    private static final int MOST_REPLICAS = 20;

    static final String USAGE =
            """
            usage: runtime/demo [OPTION...]

            Starts an embedded MariaDB primary with replicas and Penstock in front of them, and opens the operators' shell.
            Without a terminal it prints one line that begins with READY and serves until SIGTERM.
            Ctrl-D, 'shutdown' or Ctrl-C on an empty line ends all of it and removes its files.

              --port-base N             port of the first listener on 127.0.0.1, the next ones follow (4006); 0: any free ones
              --replicas N              replicas beside the primary (2)
              --servers HOST:PORT,...   servers of your own instead of embedded ones
              --user NAME               account of Penstock on servers of your own (maxuser)
              --password TEXT           its password (maxpwd)
              --help                    print this
            """;

    static DemoArguments parse(String... args) {
        Queue<String> left = new ArrayDeque<>(List.of(args));
        List<Address> servers = List.of();
        int replicas = DEFAULT_REPLICAS;
        int portBase = DEFAULT_PORT_BASE;
        String user = null;
        String password = null;
        boolean help = false;
        while (!left.isEmpty()) {
            String option = left.remove();
            int equals = option.indexOf('=');
            if (option.startsWith("--") && equals > 0) {
                ((ArrayDeque<String>) left).addFirst(option.substring(equals + 1));
                option = option.substring(0, equals);
            }
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--servers" -> servers = addresses(value(option, left));
                case "--replicas" -> replicas = number(option, left, 0, MOST_REPLICAS);
                case "--port-base" -> portBase = number(option, left, 0, HIGHEST_PORT_BASE);
                case "--user" -> user = value(option, left);
                case "--password" -> password = value(option, left);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (servers.isEmpty() && (user != null || password != null)) {
            throw new IllegalArgumentException("--user and --password are for servers of your own, see --servers");
        }
        return new DemoArguments(servers, replicas, portBase, user, password, help);
    }

    private static List<Address> addresses(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(Address::parse)
                .toList();
    }

    private static String value(String option, Queue<String> left) {
        String value = left.poll();
        if (value == null) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return value;
    }

    private static int number(String option, Queue<String> left, int lowest, int highest) {
        String value = value(option, left);
        try {
            int number = Integer.parseInt(value);
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new IllegalArgumentException(
                option + " is '" + value + "', expected a number from " + lowest + " to " + highest);
    }
}
