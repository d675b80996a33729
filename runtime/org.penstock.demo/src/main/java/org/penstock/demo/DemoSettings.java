package org.penstock.demo;

import java.nio.file.Path;
import java.util.Properties;

/**
 * What the start script says.
 *
 * @param home the distribution
 * @param conf the configuration to start Penstock with
 * @param temporary where the demo's directories are made
 * @param terminal whether a human sits in front of it
 */
record DemoSettings(Path home, Path conf, Path temporary, boolean terminal) {

    /** Reads {@code penstock.home}, {@code penstock.demo.conf}, {@code java.io.tmpdir} and {@code penstock.tty}. */
    static DemoSettings of(Properties properties) {
        String home = properties.getProperty("penstock.home");
        if (home == null) {
            throw new DemoException(DemoException.USAGE, "penstock.home is not set; start with bin/penstock demo");
        }
        Path directory = Path.of(home);
        String conf = properties.getProperty("penstock.demo.conf", "");
        return new DemoSettings(
                directory,
                conf.isEmpty() ? directory.resolve("conf/demo/penstock.cnf") : Path.of(conf),
                Path.of(properties.getProperty("java.io.tmpdir", "/tmp")),
                Boolean.parseBoolean(properties.getProperty("penstock.tty")));
    }

    Path script() {
        return home.resolve("bin/penstock");
    }
}
