package org.penstock.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/penstock} as an operator uses it: daemon, status, wrong use. */
@Timeout(180)
class ScriptIT {
    @TempDir
    Path temp;

    private final Map<String, String> environment = new HashMap<>();
    private TestDistribution distribution;
    private Path data;

    @BeforeEach
    void assemble() throws IOException {
        distribution = TestDistribution.in(temp.resolve("pen stock"))
                .with("probe", ProbeActivator.class, "org.osgi.framework");
        data = temp.resolve("da ta");
        environment.put("JAVA_HOME", JavaHomes.current().toString());
    }

    /** A daemon that a failed test leaves behind. */
    @AfterEach
    void killDaemon() throws IOException {
        Path file = data.resolve("run/penstock.pid");
        String pid = Files.exists(file) ? Files.readString(file).strip() : "";
        if (!pid.isEmpty()) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void shouldStartTellAndStop() throws Exception {
        Result start = penstock("start", "-D", data.toString());
        assertThat(start.status).as(start.text()).isZero();
        String pid = Files.readString(data.resolve("run/penstock.pid")).strip();
        assertThat(start.out).isEqualTo("Penstock runs (pid " + pid + "): probe 0.1.0 start\n");

        Result status = penstock("status", "-D", data.toString());
        assertThat(status.status).as(status.text()).isZero();
        assertThat(status.out).startsWith("Penstock 0.1.0 runs (pid " + pid + ", data directory " + data + ")");

        Result again = penstock("start", "-D", data.toString());
        assertThat(again.status).isEqualTo(75);
        assertThat(again.err).contains("already runs with data directory " + data + " (pid " + pid + ")");

        Result stop = penstock("stop", "-D", data.toString());
        assertThat(stop.status).as(stop.text()).isZero();
        assertThat(stop.out).isEqualTo("Penstock stopped\n");
        assertThat(commandLine(pid)).isEmpty();
        assertThat(data.resolve("stopped")).exists();
        assertThat(data.resolve("log/penstock.out")).content().doesNotContain("INFO");

        Result stopped = penstock("status", "-D", data.toString());
        assertThat(stopped.status).isEqualTo(3);
        assertThat(stopped.out).isEqualTo("Penstock does not run with data directory " + data + "\n");
        assertThat(penstock("stop", "-D", data.toString()).status).isZero();
    }

    @Test
    void shouldSayWhyTheDaemonDidNotStart() throws Exception {
        environment.put("JAVA_OPTS", "-Dprobe=failed");

        Result start = penstock("start", "-D", data.toString());

        assertThat(start.status).isEqualTo(69);
        assertThat(start.err).contains("penstock: listener L: port 4006 is in use");
        assertThat(penstock("status", "-D", data.toString()).status).isEqualTo(3);
    }

    @Test
    void shouldNotWaitForEverWhenTheDaemonIsNotReady() throws Exception {
        environment.put("JAVA_OPTS", "-Dprobe=silent");
        environment.put("PENSTOCK_START_TIMEOUT", "5");

        Result start = penstock("start", "-D", data.toString());

        assertThat(start.status).isEqualTo(71);
        assertThat(start.err)
                .contains(
                        "not ready within 5 s", data.resolve("log/penstock.log").toString());
        assertThat(penstock("stop", "-D", data.toString()).status).isZero();
    }

    @Test
    void shouldRunTwoInstancesSideBySide() throws Exception {
        Path other = temp.resolve("other");

        assertThat(penstock("start", "-D", data.toString()).status).isZero();
        try {
            assertThat(penstock("start", "-D", other.toString()).status).isZero();
            assertThat(penstock("stop", "-D", other.toString()).status).isZero();
            assertThat(penstock("status", "-D", data.toString()).status).isZero();
        } finally {
            assertThat(penstock("stop", "-D", data.toString()).status).isZero();
        }
    }

    @Test
    void shouldNotTakeAnotherProgramForPenstock() throws Exception {
        Files.createDirectories(data.resolve("run"));
        Files.writeString(
                data.resolve("run/penstock.pid"), ProcessHandle.current().pid() + "\n");

        assertThat(penstock("status", "-D", data.toString()).status).isEqualTo(3);
        assertThat(penstock("stop", "-D", data.toString()).status).isZero();
        Files.delete(data.resolve("run/penstock.pid"));
    }

    @Test
    void shouldFindItsHomeThroughLinksAndTakeRelativePathsFromTheCallersDirectory() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("a link"), distribution.script());
        Path second = Files.createSymbolicLink(temp.resolve("another"), link.getFileName());
        Files.createFile(temp.resolve("my.cnf"));

        Result start = run(List.of(second.toString(), "start", "-f", "my.cnf", "-D", "da ta/"));

        assertThat(start.status).as(start.text()).isZero();
        assertThat(run(List.of(link.toString(), "-D", "./da ta", "stop")).status)
                .isZero();
    }

    @Test
    void shouldNameTheConfigurationFileThatIsMissing() throws Exception {
        Result run = penstock("run", "-f", "no.cnf", "-D", data.toString());

        assertThat(run.status).isEqualTo(78);
        assertThat(run.err).contains("cannot read the configuration file", "no.cnf", "-f");
    }

    @Test
    void shouldRefuseWrongUse() throws Exception {
        assertThat(penstock("strat").err).contains("unknown command strat", "--help");
        for (String[] wrong : new String[][] {{}, {"strat"}, {"run", "now"}, {"-x", "run"}, {"run", "-f"}}) {
            assertThat(penstock(wrong).status).as(String.join(" ", wrong)).isEqualTo(64);
        }
    }

    @Test
    void shouldPrintVersionAndHelp() throws Exception {
        assertThat(penstock("--version").out).isEqualTo("Penstock 0.1.0\n");
        Result help = penstock("--help");
        assertThat(help.status).isZero();
        assertThat(help.out).contains("usage: penstock COMMAND", "Exit status:");
    }

    @Test
    void shouldSayWhenTheDataDirectoryCannotBeWritten() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));

        for (String command : new String[] {"run", "start"}) {
            Result result = penstock(command, "-D", file.resolve("data").toString());
            assertThat(result.status).as(command).isEqualTo(73);
            assertThat(result.err).contains("cannot write the data directory " + file.resolve("data"), "-D");
        }
    }

    @Test
    void shouldSayWhichJavaItNeeds() throws Exception {
        Path old = Files.createDirectories(temp.resolve("jdk 11/bin"));
        Files.writeString(old.resolveSibling("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Path java = Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 1\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        environment.put("JAVA_HOME", old.getParent().toString());
        assertThat(penstock("run", "-D", data.toString()).err).contains("is Java 11; Penstock needs 17 or later");

        environment.put("JAVA_HOME", temp.toString());
        Result none = penstock("run", "-D", data.toString());
        assertThat(none.status).isEqualTo(127);
        assertThat(none.err).contains("JAVA_HOME is " + temp + ", but there is no bin/java in it");
    }

    @Test
    void shouldSayThatThereIsNoConsole() throws Exception {
        Result console = penstock("console", "-D", data.toString(), "list servers");

        assertThat(console.status).isEqualTo(69);
        assertThat(console.err).contains("no console at " + data.resolve("run/console.sock"), "penstock status");
    }

    @Test
    void shouldRunCommandsOfTheShell() throws Exception {
        distribution.withAllFeatures();
        assertThat(penstock("start", "-D", data.toString()).status).isZero();

        Result bundles = penstock("console", "-D", data.toString(), "lb", "-s");
        assertThat(bundles.status).as(bundles.text()).isZero();
        assertThat(bundles.out).contains("org.penstock.shell").doesNotContain("Installed");
        Result unknown = penstock("console", "-D", data.toString(), "nonsense");
        assertThat(unknown.status).isEqualTo(64);
        assertThat(unknown.err).contains("nonsense");

        assertThat(penstock("stop", "-D", data.toString()).status).isZero();
    }

    /** Empty also for a process that has ended and that nobody has waited for. */
    private static String commandLine(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    private Result penstock(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(distribution.script().toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Result run(List<String> command) throws IOException, InterruptedException {
        try (Running running = Running.start(temp, present -> present.putAll(environment), command)) {
            int status = running.awaitExit();
            return new Result(status, running.out(), running.err());
        }
    }

    private record Result(int status, String out, String err) {
        String text() {
            return out + err;
        }
    }
}
