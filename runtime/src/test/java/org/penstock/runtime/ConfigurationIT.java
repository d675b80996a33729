package org.penstock.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.servers.certificates.CertificateAuthority;
import org.penstock.servers.certificates.KeyedCertificate;

/** Configuration files with everything that ships: checked, started with, changed while it runs. */
@Timeout(180)
class ConfigurationIT {
    private static final Path EXAMPLES =
            Path.of("../config/examples").toAbsolutePath().normalize();
    private static final Path TEN_MISTAKES = Path.of(
                    "../bundles/org.penstock.config/src/test/resources/ten-mistakes.cnf")
            .toAbsolutePath()
            .normalize();

    private static final String FILE =
            """
            [server1]
            type=server
            address=127.0.0.1
            port=1
            [Q]
            type=filter
            module=qlafilter
            filebase=queries
            [R]
            type=filter
            module=regexfilter
            match=MyISAM
            replace=InnoDB
            [S]
            type=service
            router=readconnroute
            servers=server1
            user=maxuser
            password=maxpwd
            filters=Q|R
            [L]
            type=listener
            service=S
            protocol=MySQLClient
            address=127.0.0.1
            port=0
            """;

    @TempDir
    Path temp;

    private TestDistribution distribution;
    private Path file;
    private Path data;

    @BeforeEach
    void assemble() throws IOException {
        distribution = TestDistribution.in(temp.resolve("penstock")).withAllFeatures();
        file = Files.writeString(temp.resolve("p.cnf"), FILE);
        data = temp.resolve("data");
    }

    private Running penstock(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(distribution.script().toString()));
        command.addAll(List.of(arguments));
        return Running.start(
                temp,
                environment -> environment.put("JAVA_HOME", JavaHomes.current().toString()),
                command);
    }

    private Running run() throws IOException {
        return penstock("run", "-f", file.toString(), "-D", data.toString());
    }

    /** The output of a console command that is expected to succeed, or the complaint of one that is not. */
    private String console(boolean success, String command) throws Exception {
        try (Running console = penstock("console", "-D", data.toString(), command)) {
            boolean succeeded = console.awaitExit() == 0;
            assertThat(succeeded).as(console.out() + console.err()).isEqualTo(success);
            return success ? console.out() : console.err();
        }
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldFindNothingWrongWithExamples(Path example) throws Exception {
        try (Running check = penstock("-c", "-f", withFiles(example).toString())) {
            assertThat(check.awaitExit()).as(check.err()).isZero();
            assertThat(check.err()).isEmpty();
        }
    }

    /** The example; where it names certificates and a key, a copy of it that names some of the test. */
    private Path withFiles(Path example) throws IOException {
        String text = Files.readString(example);
        if (!text.contains("/etc/penstock/")) {
            return example;
        }
        Path files = Files.createDirectory(temp.resolve("etc"));
        CertificateAuthority authority = CertificateAuthority.create("authority");
        Files.writeString(files.resolve("ca.crt"), authority.rootPem());
        KeyedCertificate.Stored proxy = authority.issue("proxy", "127.0.0.1").write(files, "proxy");
        text = text.replace("/etc/penstock/ca.crt", files.resolve("ca.crt").toString())
                .replace("/etc/penstock/proxy.crt", proxy.certificate().toString())
                .replace("/etc/penstock/proxy.key", proxy.key().toString());
        return Files.writeString(temp.resolve(example.getFileName().toString()), text);
    }

    @Test
    void shouldNameTenMistakesInOnePassAndNotStart() throws Exception {
        try (Running check = penstock("-c", "-f", TEN_MISTAKES.toString());
                Running run = penstock("run", "-f", TEN_MISTAKES.toString(), "-D", data.toString())) {
            assertThat(check.awaitExit()).isEqualTo(78);
            List<String> mistakes = check.err()
                    .lines()
                    .filter(line -> line.startsWith(TEN_MISTAKES + ":") && !line.endsWith(" mistakes"))
                    .toList();
            assertThat(mistakes).hasSize(10);
            assertThat(check.err()).contains("log_inof: unknown parameter; did you mean log_info?");
            assertThat(run.awaitExit()).isEqualTo(78);
            assertThat(run.err()).contains(mistakes);
        }
    }

    @Test
    void shouldNotStartWhenAModuleRefusesItsParameters() throws Exception {
        Files.writeString(file, FILE.replace("MyISAM", "("));
        try (Running run = run()) {
            assertThat(run.awaitExit()).isEqualTo(78);
            assertThat(run.err()).contains(file + ":12: [R] match: expected a regular expression");
        }
    }

    @Test
    void shouldChangeFiltersAndKeepTheChangeOverARestart() throws Exception {
        try (Running run = run().awaitReady()) {
            assertThat(console(true, "alter filter Q flush=true")).isEqualTo("filter 'Q': changed flush\n");
            assertThat(console(false, "alter filter R match=("))
                    .contains("filter 'R' is refused: match: expected a regular expression")
                    .contains("nothing was changed");
            assertThat(console(false, "alter filter Q flsh=true")).contains("did you mean flush?");
            assertThat(data.resolve("config.d/Q.cnf")).content().contains("flush=true");
            assertThat(data.resolve("config.d/R.cnf")).doesNotExist();
            run.await("the old revision leaves", () -> run.err().contains("filter 'Q' revision 1 has left"));
            run.signal("TERM");
            assertThat(run.awaitExit()).isZero();
        }
        try (Running again = run().awaitReady()) {
            assertThat(console(true, "reload config --dry-run")).doesNotContain("flush");
            assertThat(again.err()).contains("[Q] is overridden by");
        }
    }

    @Test
    void shouldApplyAChangedFileAsADifferenceOnSighup() throws Exception {
        try (Running run = run().awaitReady()) {
            Files.writeString(file, FILE.replace("replace=InnoDB", "replace=Aria"));
            assertThat(console(true, "reload config --dry-run")).isEqualTo("filter 'R': changed replace\n");
            run.signal("HUP");
            run.await("the difference", () -> run.err()
                    .contains("Configuration read again: filter 'R': changed replace"));
            Files.writeString(
                    file, FILE.replace("replace=InnoDB", "repalce=Aria").replace("port=0", "port=x"));
            run.signal("HUP");
            run.await("the refusal", () -> run.err().contains("the one before it stays"));
            assertThat(run.err())
                    .contains(file + ":13: [R] repalce: unknown parameter; did you mean replace?")
                    .contains(file + ":26: [L] port: expected a whole number");
            assertThat(console(true, "list filters")).contains("regexfilter", "qlafilter");
        }
    }
}
