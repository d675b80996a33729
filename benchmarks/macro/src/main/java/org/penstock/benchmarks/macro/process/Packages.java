package org.penstock.benchmarks.macro.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.penstock.benchmarks.macro.BenchmarkException;

/** Programs of Debian packages of the same name: found, or installed where that is possible. */
public final class Packages {
    private static final Duration INSTALL = Duration.ofMinutes(5);
    private static final List<String> SYSTEM_PATHS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private Packages() {}

    /** Whether the program is there, after an attempt to install it. */
    public static boolean available(String name, Workspace workspace) {
        if (isInstalled(name)) {
            return true;
        }
        if (!isInstalled("apt-get") || !"root".equals(System.getProperty("user.name"))) {
            return false;
        }
        System.err.println("Installing " + name);
        try {
            workspace.start("apt-get", List.of("apt-get", "update", "-q")).awaitEnd(INSTALL);
            workspace
                    .start(
                            "apt-get",
                            List.of("apt-get", "install", "-y", "-q", "--no-install-recommends", name),
                            Map.of("DEBIAN_FRONTEND", "noninteractive"))
                    .awaitEnd(INSTALL);
        } catch (BenchmarkException e) {
            System.err.println(name + " could not be installed: " + e.getMessage());
        }
        return isInstalled(name);
    }

    /** The path of a program, also in directories that only root has on its path; the name itself when it is nowhere. */
    public static String program(String name) {
        return paths(name)
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(name);
    }

    /** The first line that a program prints with an option. */
    public static String version(String name, String option) {
        try {
            Process process = new ProcessBuilder(program(name), option)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse(name);
        } catch (IOException e) {
            return name + ", version unknown";
        }
    }

    private static boolean isInstalled(String name) {
        return paths(name).anyMatch(Files::isExecutable);
    }

    private static Stream<Path> paths(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), SYSTEM_PATHS.stream())
                .filter(each -> !each.isEmpty())
                .map(each -> Path.of(each, name));
    }
}
