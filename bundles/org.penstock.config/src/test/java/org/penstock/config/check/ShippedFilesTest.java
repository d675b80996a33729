package org.penstock.config.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.config.TestSchema;
import org.penstock.config.schema.Kind;

class ShippedFilesTest {
    private static final Path CONFIG = Path.of("../../config");

    @TempDir
    Path persisted;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(CONFIG.resolve("examples"))) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldLoadExamplesOfMaxScale(Path example) {
        CheckedConfiguration checked = ConfigurationCheck.check(Sources.read(example, persisted), TestSchema.all());
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.waiting()).isEmpty();
        assertThat(checked.names(Kind.LISTENER)).hasSize(1);
    }

    @Test
    void shouldHaveExamplesOfRouterAndFilter() throws IOException {
        assertThat(examples())
                .extracting(path -> path.getFileName().toString())
                .contains("readconnroute.cnf", "qlafilter.cnf", "qlafilter-parameters.cnf");
    }

    @Test
    void shouldLoadDemo() {
        Map<String, String> environment = new HashMap<>(Map.of("WRITE_PORT", "4006", "READ_PORT", "4007"));
        for (int server = 1; server <= 3; server++) {
            environment.put("SERVER" + server + "_HOST", "127.0.0.1");
            environment.put("SERVER" + server + "_PORT", String.valueOf(3000 + server));
        }
        Sources sources = Sources.read(CONFIG.resolve("penstock.cnf"), persisted);
        CheckedConfiguration checked = ConfigurationCheck.check(sources, TestSchema.all(), environment::get);
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.warnings()).isEmpty();
        assertThat(checked.waiting()).isEmpty();
        assertThat(checked.objects()).hasSize(14);
    }
}
