package org.penstock.config.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.config.TestSchema;

class SchemaTest {
    private final Schema schema = TestSchema.all();

    @Test
    void shouldKnowCoreAndModules() {
        assertThat(schema.pids())
                .containsExactlyInAnyOrder(
                        "org.penstock.global",
                        "org.penstock.server",
                        "org.penstock.service",
                        "org.penstock.listener",
                        "org.penstock.router.readconnroute",
                        "org.penstock.router.readwritesplit",
                        "org.penstock.monitor.mysqlmon",
                        "org.penstock.filter.qlafilter",
                        "org.penstock.filter.maxrows",
                        "org.penstock.filter.regexfilter",
                        "org.penstock.filter.hintfilter",
                        "org.penstock.filter.namedserverfilter");
        assertThat(module(Kind.MONITOR, "mariadbmon").name()).isEqualTo("mysqlmon");
        assertThat(module(Kind.ROUTER, "ReadConnRouter").name()).isEqualTo("readconnroute");
        assertThat(schema.module(Kind.FILTER, "tee")).isNull();
        assertThat(schema.modules(Kind.FILTER)).contains("tee", "qlafilter");
        assertThat(schema.installedProtocol("mysqlclient")).isTrue();
        assertThat(schema.installedProtocol("CDC")).isFalse();
        assertThat(schema.protocols()).contains("CDC", "acme");
        assertThat(schema.authenticators()).contains("acmeauth", "MySQLAuth");
        assertThat(schema.core(Kind.GLOBAL).attribute("log_throttling"))
                .extracting(Attribute::fallback)
                .isEqualTo("10,1000ms,10000ms");
    }

    private Schema.Module module(Kind kind, String name) {
        return Objects.requireNonNull(schema.module(kind, name));
    }

    @ParameterizedTest
    @CsvSource({
        "max_resultset_rows, 17, 17",
        "max_resultset_size, 64Ki, 65536",
        "max_resultset_return, ERROR, error",
        "debug, 3, 3",
        "ratio, 0.5, 0.5",
        "pause, 2m, 120",
        "pause, 2, 2"
    })
    void shouldConvertToTheTypeOfTheAttribute(String key, String text, String expected) {
        assertThat(convert("maxrows", key, text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "max_resultset_rows ~ -1 ~ expected a whole number from 0 up, got '-1'",
                "max_resultset_size ~ big ~ expected a size such as 4096, 64Ki or 10M, got 'big'",
                "max_resultset_return ~ maybe ~ expected one of empty, error, ok, got 'maybe'",
                "debug ~ 4 ~ expected a whole number from 0 to 3, got '4'",
                "ratio ~ half ~ expected a number, got 'half'",
                "pause ~ 1w ~ expected a duration such as 500ms, 10s, 5m or 1h, got '1w'",
            })
    void shouldRefuseBadValues(String key, String text, String message) {
        assertThatThrownBy(() -> convert("maxrows", key, text)).hasMessage(message);
    }

    private Object convert(String module, String key, String text) {
        return Objects.requireNonNull(module(Kind.FILTER, module).parameters().attribute(key))
                .convert(text);
    }

    @Test
    void shouldReadFormatsFromDescriptions() {
        assertThat(ValueFormat.of("Idle time, duration (bare number: seconds); 0: none"))
                .isEqualTo(new ValueFormat(ValueFormat.Kind.DURATION, ChronoUnit.SECONDS, false));
        assertThat(ValueFormat.of("A duration, bare numbers are milliseconds; negative: never"))
                .isEqualTo(new ValueFormat(ValueFormat.Kind.DURATION, ChronoUnit.MILLIS, true));
        assertThat(ValueFormat.of("Most bytes, size").kind()).isEqualTo(ValueFormat.Kind.SIZE);
        assertThat(ValueFormat.of("Most bytes, size; 0: none").kind()).isEqualTo(ValueFormat.Kind.SIZE);
        assertThat(ValueFormat.of("Pool size").kind()).isEqualTo(ValueFormat.Kind.PLAIN);
        assertThat(ValueFormat.of("How the duration is shown").kind()).isEqualTo(ValueFormat.Kind.PLAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "servrs,servers",
        "conection_timeout,connection_timeout",
        "sl,",
        "qlafitler,qlafilter",
        "PORT,port",
        "xyzzy,"
    })
    void shouldFindNearestName(String name, String expected) {
        List<String> known =
                List.of("servers", "connection_timeout", "qlafilter", "port", "ssl_verify_peer_certificate");
        assertThat(Nearest.of(name, known)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void shouldKeepWhatWasKnownBefore() {
        assertThat(TestSchema.core().or(schema).module(Kind.FILTER, "qlafilter"))
                .isNotNull();
        assertThat(Schema.empty().installed(Kind.SERVER)).isFalse();
    }

    @Test
    void shouldReadJarsOfDirectoriesAndTakeTheHighestVersion(@TempDir Path directory) throws IOException {
        jar(directory.resolve("z-1.0.jar"), "1.9.0", "old");
        jar(directory.resolve("a-2.0.jar"), "1.10.0", "new");
        Files.writeString(directory.resolve("broken.jar"), "no jar");
        List<String> unreadable = new ArrayList<>();
        Schema found = JarSchema.of(List.of(directory, directory.resolve("absent")), unreadable::add);
        Schema.Module module = Objects.requireNonNull(found.module(Kind.FILTER, "probe"));
        assertThat(module.parameters().attributes()).containsOnlyKeys("new");
        assertThat(found.installedProtocol("acme")).isTrue();
        assertThat(unreadable).singleElement().asString().contains("broken.jar: is not a readable jar");
    }

    private static void jar(Path file, String version, String attribute) throws IOException {
        String metatype = "<MetaData><OCD id='p'><AD id='" + attribute + "' type='String'/></OCD>"
                + "<Designate factoryPid='org.penstock.filter.probe'><Object ocdref='p'/></Designate></MetaData>";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
                InputStream component = Objects.requireNonNull(
                        SchemaTest.class.getResourceAsStream("/metatype/protocol-component.xml"))) {
            entry(jar, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nBundle-Version: " + version + "\n\n");
            entry(jar, "OSGI-INF/metatype/p.xml", metatype);
            entry(jar, "OSGI-INF/p.xml", new String(component.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void entry(JarOutputStream jar, String name, String content) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(content.getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
    }
}
