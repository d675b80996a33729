package org.penstock.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The JDKs that a start is tried with: that of the build, and 25 when {@code JAVA25_HOME} or the usual place has it. */
final class JavaHomes {
    private JavaHomes() {}

    static Stream<Path> all() throws IOException {
        Set<Path> homes = new LinkedHashSet<>();
        homes.add(current());
        String named = System.getenv("JAVA25_HOME");
        if (named != null) {
            homes.add(Path.of(named));
        }
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (Stream<Path> found = Files.list(usual)) {
                found.filter(path -> path.getFileName().toString().startsWith("temurin-25"))
                        .filter(path -> Files.isExecutable(path.resolve("bin/java")))
                        .forEach(homes::add);
            }
        }
        return homes.stream();
    }

    static Path current() {
        return Path.of(System.getProperty("java.home"));
    }
}
