package org.penstock.launcher.feature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A build step: the jars of {@code system/} are exactly those that the features list. */
public final class FeatureCheck {
    private FeatureCheck() {}

    /** Fails with one line per jar that is too many or missing; the argument is the unpacked distribution. */
    public static void main(String[] args) throws IOException, FeatureException {
        check(Path.of(args[0]));
    }

    static void check(Path home) throws IOException, FeatureException {
        Set<String> listed = new FeatureReader()
                .read(home.resolve("features")).stream()
                        .map(FeatureBundle::fileName)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> present;
        try (Stream<Path> jars = Files.list(home.resolve("system"))) {
            present = jars.map(jar -> jar.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
        StringBuilder wrong = new StringBuilder();
        listed.stream().filter(jar -> !present.contains(jar)).forEach(jar -> wrong.append(
                        "\n  missing in system/, add it to runtime/pom.xml: ")
                .append(jar));
        present.stream().filter(jar -> !listed.contains(jar)).forEach(jar -> wrong.append(
                        "\n  in no feature, add it to features/: ")
                .append(jar));
        if (!wrong.isEmpty()) {
            throw new FeatureException("features/ and system/ differ" + wrong);
        }
    }
}
