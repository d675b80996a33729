package org.penstock.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory of Maven's local repository, found as Maven finds it: {@code maven.repo.local} (system property, or in MAVEN_OPTS or
 * MAVEN_ARGS), the user's settings.xml, the installation's settings.xml, {@code ~/.m2/repository}.
 */
final class LocalRepository {

    private static final Pattern XML_COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern SETTING =
            Pattern.compile("<localRepository>\\s*([^<]+?)\\s*</localRepository>", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("-Dmaven\\.repo\\.local=(?:\"([^\"]+)\"|(\\S+))");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

    private final Properties properties;
    private final Map<String, String> environment;

    LocalRepository(Properties properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    static LocalRepository ofThisProcess() {
        return new LocalRepository(System.getProperties(), System.getenv());
    }

    Path directory() {
        Path home = Path.of(properties.getProperty("user.home", "."));
        // Surefire tells a forked JVM its repository under the second name.
        return Stream.of("maven.repo.local", "localRepository")
                .map(properties::getProperty)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .or(this::fromOptions)
                .or(() -> settingsFiles(home).stream()
                        .flatMap(file -> fromSettings(file).stream())
                        .findFirst())
                .map(value -> Path.of(value).toAbsolutePath())
                .orElseGet(() -> home.resolve(".m2").resolve("repository"));
    }

    private Optional<String> fromOptions() {
        return Stream.of("MAVEN_ARGS", "MAVEN_OPTS")
                .map(name -> environment.getOrDefault(name, ""))
                .map(OPTION::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1) != null ? matcher.group(1) : matcher.group(2))
                .findFirst();
    }

    private List<Path> settingsFiles(Path home) {
        Path own = home.resolve(".m2").resolve("settings.xml");
        return Stream.of(environment.get("MAVEN_HOME"), environment.get("M2_HOME"), "/usr/share/maven")
                .filter(directory -> directory != null && !directory.isBlank())
                .map(directory -> Path.of(directory, "conf", "settings.xml"))
                .collect(
                        () -> new java.util.ArrayList<>(List.of(own)),
                        java.util.ArrayList::add,
                        java.util.ArrayList::addAll);
    }

    private Optional<String> fromSettings(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException absent) {
            return Optional.empty();
        }
        Matcher matcher = SETTING.matcher(XML_COMMENT.matcher(text).replaceAll(""));
        return matcher.find() ? Optional.of(interpolated(matcher.group(1))) : Optional.empty();
    }

    private String interpolated(String value) {
        return VARIABLE.matcher(value).replaceAll(variable -> {
            String name = variable.group(1);
            String found = name.startsWith("env.") ? environment.get(name.substring(4)) : properties.getProperty(name);
            return Matcher.quoteReplacement(found == null ? variable.group() : found);
        });
    }
}
