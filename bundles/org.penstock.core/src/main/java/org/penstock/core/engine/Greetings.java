package org.penstock.core.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;
import org.penstock.core.net.Frontend;
import org.penstock.core.server.Server;
import org.penstock.sql.Dialect;
import org.penstock.wire.Capabilities;
import org.penstock.wire.Charsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What clients are greeted with: version and capabilities are what the service's running servers have in common. They are kept on disk, so that a start without
 * servers greets as the last time. Before any server was ever seen it is {@link #FIRST_VERSION} with what MariaDB and MySQL of this century share.
 */
final class Greetings {
    /** Version sent before any server was ever seen. */
    static final String FIRST_VERSION = "5.5.5-10.11.0-MariaDB";

    /** Capabilities that the core follows in replies; others are not offered. */
    private static final long OFFERED = Capabilities.SUPPORTED & ~Capabilities.SSL;

    /** Capabilities that change the shape of replies and that old servers lack. */
    private static final long OPTIONAL =
            Capabilities.DEPRECATE_EOF | Capabilities.SESSION_TRACK | ~Capabilities.CLASSIC_MASK;

    private static final String PLUGIN = "mysql_native_password";
    private static final int AUTOCOMMIT = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Greetings.class);

    private final Path file;
    private final Properties kept = new Properties();

    Greetings(Path cache) {
        file = cache.resolve("greetings.properties");
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            kept.load(reader);
        } catch (IOException e) {
            LOG.debug("no greetings of an earlier start: {}", e.toString());
        }
    }

    Greeting greeting(Frontend front, long connectionId, byte[] seed) {
        long common = OFFERED;
        String version = null;
        boolean seen = false;
        for (ServerView view : front.servers()) {
            if (view instanceof Server server) {
                Greeting known = server.greeting();
                String announced = known == null ? kept(server, "version") : known.version();
                boolean counts = ServerStatus.RUNNING.in(server.status()) || version == null;
                if (announced != null && counts) {
                    long offered = known == null ? number(kept(server, "capabilities")) : known.capabilities();
                    common &= offered;
                    version = version == null || older(announced, version) ? announced : version;
                    seen = true;
                }
            }
        }
        String configured = front.service().settings().versionString();
        return new Greeting(
                configured.isEmpty() ? (version == null ? FIRST_VERSION : version) : configured,
                connectionId,
                (seen ? common : OFFERED & ~OPTIONAL) | Capabilities.COMPRESS,
                Charsets.UTF8MB4_GENERAL_CI,
                AUTOCOMMIT,
                PLUGIN,
                seed);
    }

    /** Whether a version as a server announces it is lower than another. */
    static boolean older(String version, String other) {
        return Dialect.versionNumber(version) < Dialect.versionNumber(other);
    }

    private @Nullable String kept(Server server, String what) {
        return kept.getProperty(server.name() + "." + what);
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Keeps what is known for the next start. */
    void save(List<Server> servers) {
        Properties next = new Properties();
        for (Server server : servers) {
            Greeting known = server.greeting();
            if (known != null) {
                next.setProperty(server.name() + ".version", known.version());
                next.setProperty(server.name() + ".capabilities", Long.toString(known.capabilities()));
            }
        }
        if (next.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            try (var writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
                next.store(writer, null);
            }
            Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("greetings could not be kept in {}: {}", file, e.toString());
        }
    }
}
