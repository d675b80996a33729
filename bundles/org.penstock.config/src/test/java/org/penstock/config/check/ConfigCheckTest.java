package org.penstock.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void system() throws IOException {
        Path system = Files.createDirectories(directory.resolve("system"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(system.resolve("all.jar")))) {
            entry(jar, "OSGI-INF/metatype/core.xml", "/metatype/core.xml");
            entry(jar, "OSGI-INF/metatype/modules.xml", "/metatype/modules.xml");
            entry(jar, "OSGI-INF/p.xml", "/metatype/protocol-component.xml");
        }
    }

    private static void entry(JarOutputStream jar, String name, String resource) throws IOException {
        try (InputStream content = Objects.requireNonNull(ConfigCheckTest.class.getResourceAsStream(resource))) {
            jar.putNextEntry(new ZipEntry(name));
            content.transferTo(jar);
            jar.closeEntry();
        }
    }

    private int run(Path file, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                file.toString(),
                directory.resolve("system").toString(),
                directory.resolve("deploy").toString()));
        arguments.addAll(List.of(more));
        return ConfigCheck.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void shouldEndWithZeroWhenAllIsRight() throws IOException {
        Path file = Files.writeString(directory.resolve("p.cnf"), Checks.BASE);
        assertThat(run(file)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(file + ": the configuration is right\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldNameTenMistakesInOnePass() throws IOException {
        Path file = directory.resolve("ten.cnf");
        try (InputStream content = Objects.requireNonNull(getClass().getResourceAsStream("/ten-mistakes.cnf"))) {
            Files.copy(content, file);
        }
        assertThat(run(file)).isEqualTo(78);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        file + ":4: [maxscale] log_inof: unknown parameter",
                        file + ":9: [server1] port: expected a whole number from 1 to 65535, got '33O6'",
                        file
                                + ":12: [server2] type: expected one of server, service, listener, filter, monitor, got 'sever';"
                                + " did you mean server?",
                        file + ":18: [Cluster] servers: there is no server 'server3'; did you mean server1?",
                        file
                                + ":21: [Cluster] monitor_interval: expected a duration such as 500ms, 10s, 5m or 1h, got 'fast'",
                        file
                                + ":23: [Log] filebase: mandatory parameter is missing; expected beginning of the file names",
                        file
                                + ":30: [Reads] router: there is no router module 'readconroute'; did you mean readconnroute?",
                        file + ":34: [Reads] filters: there is no filter 'Lgo'; did you mean Log?",
                        file + ":46: [Other Listener] port: port 4008 is taken by listener 'Reads Listener' at " + file
                                + ":40",
                        file + ":48: [Log] section is defined twice; first at " + file + ":23",
                        file + ": 10 mistakes");
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldAskBundlesAboutWhatSectionsName() throws IOException {
        Path file = Files.writeString(directory.resolve("p.cnf"), Checks.BASE.replace("port=4006", "socket=/absent/s"));
        assertThat(run(file)).isEqualTo(78);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "warning: " + file + ":16: [L] is a listener with a socket",
                        file + ":20: [L] socket: there is no directory /absent",
                        file + ": 1 mistake");
    }

    @Test
    void shouldReadChangesMadeAtRunTime() throws IOException {
        Path file = Files.writeString(directory.resolve("p.cnf"), Checks.BASE);
        Path persisted = Files.createDirectories(directory.resolve("changes"));
        Files.writeString(persisted.resolve("L.cnf"), "[L]\ntype=listener\nservice=X\nport=1\n");
        assertThat(run(file, persisted.toString())).isEqualTo(78);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("L.cnf:3: [L] service: there is no service 'X'; did you mean S?");
    }

    @Test
    void shouldReportMissingFileAndWrongUse() {
        assertThat(run(directory.resolve("absent.cnf"))).isEqualTo(78);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("absent.cnf: there is no such file");
        assertThat(ConfigCheck.run(List.of("x"), System.out, new PrintStream(err, true, StandardCharsets.UTF_8)))
                .isEqualTo(64);
    }
}
