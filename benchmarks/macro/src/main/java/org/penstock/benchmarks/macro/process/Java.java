package org.penstock.benchmarks.macro.process;

import java.util.ArrayList;
import java.util.List;

/** Command lines that start a JVM of the same version as this one. */
public final class Java {
    private static final String HOME = System.getProperty("java.home", "");

    private Java() {}

    /** Where that JVM lives. */
    public static String home() {
        return HOME;
    }

    /** A main class of a class path. */
    public static List<String> command(List<String> options, String classPath, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(HOME + "/bin/java");
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    /** A main class of the benchmark itself. */
    public static List<String> own(List<String> options, Class<?> main, String... arguments) {
        return command(options, System.getProperty("java.class.path", ""), main.getName(), List.of(arguments));
    }
}
