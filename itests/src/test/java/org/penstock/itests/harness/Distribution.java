package org.penstock.itests.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The assembled distribution, or that of the system property {@code penstock.home}, under another directory: a test may add bundles to it and use its {@code deploy/}. */
public final class Distribution {
    private static final Path ASSEMBLED = Path.of(System.getProperty("penstock.home", "../runtime/target/penstock"))
            .toAbsolutePath()
            .normalize();

    private final Path home;
    private final List<String> added = new ArrayList<>();

    private Distribution(Path home) {
        this.home = home;
    }

    /** Files are linked where that is possible. */
    public static Distribution in(Path home) throws IOException {
        for (String directory : List.of("bin", "lib", "system", "conf", "features")) {
            Files.createDirectories(home.resolve(directory));
            try (Stream<Path> files = Files.list(ASSEMBLED.resolve(directory))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    link(file, home.resolve(directory).resolve(file.getFileName()));
                }
            }
        }
        Files.createDirectories(home.resolve("deploy"));
        return new Distribution(home);
    }

    private static void link(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (IOException anotherFileSystem) {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Adds a bundle to those that are started. */
    public Distribution with(Path jar, String name, String version) throws IOException {
        Files.copy(jar, home.resolve("system/" + name + "-" + version + ".jar"));
        added.add("{\"id\":\"test:" + name + ":" + version + "\",\"start-order\":30}");
        Files.writeString(
                home.resolve("features/test.json"),
                "{\"feature-resource-version\":\"1.0\",\"id\":\"test:test:osgifeature:feature:1.0\",\"bundles\":["
                        + String.join(",", added) + "]}");
        return this;
    }

    public Path script() {
        return home.resolve("bin/penstock");
    }

    public Path home() {
        return home;
    }

    /** The drop-in folder. */
    public Path deploy() {
        return home.resolve("deploy");
    }

    /** The directory of the bundles that ship. */
    public static Path system() {
        return ASSEMBLED.resolve("system");
    }

    /** The jar of a bundle that ships. */
    public static Path shipped(String name) {
        return ASSEMBLED.resolve("system/" + name + "-0.1.0.jar");
    }
}
