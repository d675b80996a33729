package org.penstock.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The assembled platform as a child process, started by its own script; paths have blanks. */
@Timeout(180)
class LauncherIT {
    private static final String FRAMEWORK = "org.osgi.framework";

    /** Classes that a start may load: what it costs, as a number that nothing else on the machine changes. {@code benchmarks/macro/run} measures the CPU time. */
    private static final int CLASSES_TO_READY = 6_000;

    @TempDir
    Path temp;

    private final Map<String, String> environment = new HashMap<>();
    private TestDistribution distribution;
    private Path data;

    @BeforeEach
    void assemble() throws IOException {
        distribution = TestDistribution.in(temp.resolve("pen stock"));
        data = temp.resolve("da ta");
        environment.put("JAVA_HOME", JavaHomes.current().toString());
    }

    static java.util.stream.Stream<Path> javaHomes() throws IOException {
        return JavaHomes.all();
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void shouldPrintReadyAndEndWithZeroOnSigterm(Path javaHome) throws Exception {
        environment.put("JAVA_HOME", javaHome.toString());
        distribution.with("probe", ProbeActivator.class, FRAMEWORK);

        try (Running running = penstock("run").awaitReady()) {
            assertThat(running.out()).isEqualTo("READY probe 0.1.0 run\n");
            assertThat(data.resolve("run/penstock.pid")).hasContent(Long.toString(running.pid()));
            running.signal("TERM");
            assertThat(running.awaitExit()).as(running.err()).isZero();
            assertThat(running.err()).doesNotContain("WARNING", "Exception");
        }

        assertThat(data.resolve("signal-TERM")).exists();
        assertThat(data.resolve("stopped")).exists();
        assertThat(data.resolve("run/penstock.pid")).isEmptyFile();
        assertThat(data.resolve("log/penstock.log")).content().contains("INFO");
    }

    /** READY is the product's own here, with a configuration that has no object. */
    @ParameterizedTest
    @MethodSource("javaHomes")
    void shouldStartEverythingThatShips(Path javaHome) throws Exception {
        environment.put("JAVA_HOME", javaHome.toString());
        distribution.withAllFeatures();

        try (Running running = penstock("run").awaitReady()) {
            assertThat(running.loadedClasses(javaHome)).isLessThan(CLASSES_TO_READY);
            running.signal("TERM");
            assertThat(running.awaitExit()).as(running.err()).isZero();
            assertThat(running.err()).doesNotContain("WARN", "ERROR", "Exception");
        }
    }

    @Test
    void shouldEndWith70AndNameBundleAndRequirementWhenOneDoesNotResolve() throws Exception {
        distribution
                .with("probe", ProbeActivator.class, FRAMEWORK)
                .with("needy", ProbeActivator.class, FRAMEWORK + ",no.such.package");

        try (Running running = penstock("run")) {
            assertThat(running.awaitExit()).isEqualTo(70);
            assertThat(running.err())
                    .contains("these bundles do not resolve, nothing was started:")
                    .contains("needy 1.0.0 (test.json)")
                    .contains("no.such.package")
                    .doesNotContain("probe 1.0.0");
            assertThat(running.out()).isEmpty();
        }

        assertThat(data.resolve("started")).doesNotExist();
    }

    /** Several times: the framework tells the reason and the end of the start on two threads. */
    @RepeatedTest(5)
    void shouldEndWith70WhenABundleDoesNotStart() throws Exception {
        distribution.with("probe", ProbeActivator.class, FRAMEWORK);

        try (Running running = penstock("-Dprobe=throws", "run")) {
            assertThat(running.awaitExit()).isEqualTo(70);
            assertThat(running.err()).contains("these bundles do not start:", "probe (test.json)", "told to throw");
        }
    }

    @Test
    void shouldEndWith70WhenAJarOfAFeatureIsMissing() throws Exception {
        distribution.with("probe", ProbeActivator.class, FRAMEWORK);
        Files.delete(temp.resolve("pen stock/system/probe-1.0.0.jar"));

        try (Running running = penstock("run")) {
            assertThat(running.awaitExit()).isEqualTo(70);
            assertThat(running.err()).contains("cannot install", "probe-1.0.0.jar, which test.json lists");
        }
    }

    @Test
    void shouldEndWithTheStatusThatABundleReports() throws Exception {
        distribution.with("probe", ProbeActivator.class, FRAMEWORK);

        try (Running running = penstock("-Dprobe=failed", "run")) {
            assertThat(running.awaitExit()).isEqualTo(69);
            assertThat(running.err()).contains("penstock: listener L: port 4006 is in use");
            assertThat(running.out()).isEmpty();
        }
    }

    @Test
    void shouldRefuseASecondStartWithTheSameDataDirectory() throws Exception {
        distribution.with("probe", ProbeActivator.class, FRAMEWORK);

        try (Running first = penstock("run").awaitReady();
                Running second = penstock("run")) {
            assertThat(second.awaitExit()).isEqualTo(75);
            assertThat(second.err()).contains("already runs with data directory " + data, "pid " + first.pid());
            first.signal("TERM");
            assertThat(first.awaitExit()).isZero();
        }
    }

    @Test
    void shouldStartAgainAfterItWasKilled() throws Exception {
        distribution.with("probe", ProbeActivator.class, FRAMEWORK);
        try (Running first = penstock("run").awaitReady()) {
            first.signal("KILL");
            first.awaitExit();
        }
        Files.delete(data.resolve("started"));

        try (Running second = penstock("run").awaitReady()) {
            second.signal("TERM");
            assertThat(second.awaitExit()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void shouldForwardHupAndUsr1(Path javaHome) throws Exception {
        environment.put("JAVA_HOME", javaHome.toString());
        distribution.with("probe", ProbeActivator.class, FRAMEWORK);

        try (Running running = penstock("run").awaitReady()) {
            running.signal("HUP");
            running.await("HUP", () -> Files.exists(data.resolve("signal-HUP")));
            running.signal("USR1");
            running.await("USR1", () -> Files.exists(data.resolve("signal-USR1")));
        }
    }

    @Test
    void shouldOpenTheLogAgainOnUsr1() throws Exception {
        distribution.with("probe", ProbeActivator.class, FRAMEWORK);
        Path log = data.resolve("log/penstock.log");

        try (Running running = penstock("run").awaitReady()) {
            Files.move(log, data.resolve("log/moved"));
            running.signal("USR1");
            running.await("a new log", () -> Files.exists(log));
        }
    }

    @Test
    void shouldGoOnStoppingWhenTheDrainHangs() throws Exception {
        environment.put("PENSTOCK_STOP_TIMEOUT", "1");
        distribution.with("probe", ProbeActivator.class, FRAMEWORK);

        try (Running running = penstock("-Dprobe.hang=true", "run").awaitReady()) {
            running.signal("TERM");
            assertThat(running.awaitExit()).isZero();
            assertThat(running.err()).contains("the drain did not end within 1 s");
        }
        assertThat(data.resolve("stopped")).exists();
    }

    @Test
    void shouldEndAtOnceOnTheSecondSignal() throws Exception {
        distribution.with("probe", ProbeActivator.class, FRAMEWORK);

        try (Running running = penstock("-Dprobe.hang=true", "run").awaitReady()) {
            running.signal("TERM");
            running.await("drain", () -> Files.exists(data.resolve("signal-TERM")));
            running.signal("INT");
            assertThat(running.awaitExit()).isEqualTo(128 + 2);
        }
        assertThat(data.resolve("stopped")).doesNotExist();
    }

    @Test
    void shouldTellSystemdWhenReadyAndWhenStopping() throws Exception {
        Path tools = Files.createDirectory(temp.resolve("tools"));
        Path told = temp.resolve("told");
        Files.writeString(tools.resolve("systemd-notify"), "#!/bin/sh\nprintf '%s|' \"$@\" >>'" + told + "'\n");
        Files.setPosixFilePermissions(tools.resolve("systemd-notify"), PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("PATH", tools + ":" + System.getenv("PATH"));
        environment.put("NOTIFY_SOCKET", "/nowhere");
        distribution.with("probe", ProbeActivator.class, FRAMEWORK);

        try (Running running = penstock("run").awaitReady()) {
            running.signal("TERM");
            assertThat(running.awaitExit()).isZero();
        }

        assertThat(told).hasContent("READY=1|STATUS=probe 0.1.0 run|STOPPING=1|");
    }

    /** Runs the script; arguments that begin with -Dprobe are options of the JVM. */
    private Running penstock(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(distribution.script().toString()));
        List<String> options = new ArrayList<>();
        Arrays.stream(arguments).forEach(text -> (text.startsWith("-Dprobe") ? options : command).add(text));
        command.addAll(List.of("-D", data.toString()));
        environment.put("JAVA_OPTS", String.join(" ", options));
        return Running.start(temp, present -> present.putAll(environment), command);
    }
}
