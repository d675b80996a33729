package org.penstock.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the start script says about this process, all paths absolute.
 *
 * @param home the distribution
 * @param data what belongs to this instance alone
 * @param conf the configuration file
 * @param mode {@code run} in the foreground, {@code start} as a daemon
 * @param stopTimeout bound on an orderly stop, once for the drain and once for the framework
 */
public record LaunchSettings(Path home, Path data, Path conf, String mode, String version, Duration stopTimeout) {
    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(30);

    /** Reads the system properties {@code penstock.home}, {@code .data}, {@code .conf}, {@code .mode} and {@code .stop.timeout} (seconds). */
    static LaunchSettings of(Properties properties) throws LaunchException {
        String homeText = properties.getProperty("penstock.home");
        if (homeText == null) {
            throw new LaunchException(ExitCode.USAGE, "penstock.home is not set; start with bin/penstock");
        }
        Path home = Path.of(homeText).toAbsolutePath().normalize();
        return new LaunchSettings(
                home,
                path(properties, "penstock.data", home.resolve("data")),
                path(properties, "penstock.conf", home.resolve("conf/penstock.cnf")),
                properties.getProperty("penstock.mode", "run"),
                version(home),
                stopTimeout(properties.getProperty("penstock.stop.timeout")));
    }

    private static Path path(Properties properties, String key, Path otherwise) {
        String text = properties.getProperty(key);
        return text == null ? otherwise : Path.of(text).toAbsolutePath().normalize();
    }

    private static Duration stopTimeout(@Nullable String text) throws LaunchException {
        if (text == null) {
            return DEFAULT_STOP_TIMEOUT;
        }
        try {
            return Duration.ofSeconds(Integer.parseUnsignedInt(text));
        } catch (NumberFormatException e) {
            throw new LaunchException(
                    ExitCode.USAGE, "penstock.stop.timeout: expected a number of seconds, got '" + text + "'");
        }
    }

    private static String version(Path home) throws LaunchException {
        Path file = home.resolve("lib/VERSION");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new LaunchException(ExitCode.BUNDLE, "not a Penstock distribution: cannot read " + file);
        }
    }

    Path features() {
        return home.resolve("features");
    }

    Path system() {
        return home.resolve("system");
    }

    /** What the framework keeps of bundles; emptied at every start, so nothing else may be there. */
    Path framework() {
        return data.resolve("framework");
    }

    Path run() {
        return data.resolve("run");
    }

    Path log() {
        return data.resolve("log");
    }
}
