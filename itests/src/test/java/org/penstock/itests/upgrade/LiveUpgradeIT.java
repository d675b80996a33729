package org.penstock.itests.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.ConsoleSession;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.Generations;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.itests.harness.ProbeBundle;
import org.penstock.itests.probe.count.CountFilter;

/** Bundles replaced in every way while sessions work: no disconnect, no wrong reply, no statement past the filter. */
class LiveUpgradeIT {
    private static final int SESSIONS = 64;
    private static final int UPDATES = 100;
    private static final Pattern PLATFORM = Pattern.compile("netty|felix|pax|penstock[.](api|core|config|wire|shell)");
    private static final String PROBE = CountBundle.NAME;
    private static final String QLAFILTER = "org.penstock.filter.qlafilter";
    private static final String ROUTER = "org.penstock.router.readconnroute";

    @TempDir
    Path temp;

    private ProbeBundle probe;
    private int port;
    private PenstockProcess penstock;
    private ConsoleSession shell;
    private Workload workload;
    private String platform;

    @BeforeEach
    void start() throws Exception {
        probe = CountBundle.builder();
        Distribution distribution = Distribution.in(temp.resolve("penstock")).with(jar(1), PROBE, "0.1.1");
        port = FreePort.next();
        penstock = PenstockProcess.start(
                        distribution,
                        temp.resolve("run"),
                        Cluster.sections() + Workload.FILTERS
                                + """

                                [Log]
                                type=filter
                                module=qlafilter
                                filebase=queries
                                log_type=session
                                log_data=query
                                """
                                + Cluster.service("Main", "Log|Rewrite|Count", port))
                .awaitReady();
        shell = penstock.console();
        Await.until("the primary is known", () -> shell.done("list servers").contains("Master, Running"));
        workload = Workload.start(SESSIONS, port);
        workload.awaitVersion(1);
        platform = platform();
    }

    @AfterEach
    void stop() throws Exception {
        if (workload != null) {
            workload.close();
        }
        if (shell != null) {
            shell.close();
        }
        if (penstock != null) {
            penstock.close();
        }
    }

    private Path jar(int version) throws Exception {
        return probe.write(temp, version);
    }

    /** The platform's bundles with their states, and the core's component instances by number: another number would be a restart. */
    private String platform() throws Exception {
        String bundles = shell.done("lb -s")
                .lines()
                .filter(line -> PLATFORM.matcher(line).find())
                .collect(Collectors.joining("\n"));
        String reactor = shell.done("scr:info org.penstock.core.engine.ReactorComponent")
                .lines()
                .filter(line -> line.matches(".*Id: *\\d+.*"))
                .collect(Collectors.joining("\n"));
        assertThat(bundles).contains("org.penstock.core", "Active", "netty");
        assertThat(reactor).isNotEmpty();
        return bundles + "\n" + reactor;
    }

    private String id(String name) throws Exception {
        String line = shell.done("lb -s")
                .lines()
                .filter(each -> each.contains(name + " (") || each.contains(name + "|") || each.endsWith(name))
                .findFirst()
                .orElseThrow();
        return line.substring(0, line.indexOf('|')).strip();
    }

    /** Ends the work and compares what was sent with what the filters have counted. */
    private void verify() throws Exception {
        long sent = workload.finish();
        assertThat(counter("Count", "statements")).isEqualTo(sent);
        assertThat(counter("Log", "statements")).isGreaterThan(sent);
        assertThat(platform()).isEqualTo(platform);
    }

    private long counter(String filter, String name) throws Exception {
        String shown = shell.done("show filter " + filter);
        Matcher matcher = Pattern.compile(name + "\\D+(\\d+)").matcher(shown);
        assertThat(matcher.find()).as(shown).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void shouldServeOnWhenAFilterIsUpdatedAHundredTimes() throws Exception {
        for (int version = 2; version <= UPDATES + 1; version++) {
            Path jar = jar(version);
            shell.done("update " + PROBE + " file:" + jar);
            if (version % 10 == 0) {
                workload.awaitVersion(version);
            }
            Files.delete(jar);
        }
        workload.awaitVersion(UPDATES + 1);
        verify();
    }

    @Test
    void shouldServeOnWhenTheBundleOfAFilterGoesAndComes() throws Exception {
        shell.done("stop " + PROBE);
        Thread.sleep(2_000);
        shell.done("start " + PROBE);
        workload.awaitRounds(5);
        shell.done("uninstall " + PROBE);
        install(jar(3));
        workload.awaitVersion(3);
        verify();
    }

    @Test
    void shouldMoveSessionsWhenTheNewVersionIsInstalledBesideTheOld() throws Exception {
        String old = id(PROBE);
        install(jar(2));
        workload.awaitVersion(2);
        shell.done("stop " + old);
        shell.done("uninstall " + old);
        workload.awaitRounds(5);
        Path third = jar(3);
        shell.done("mod:upgrade " + third);
        workload.awaitVersion(3);
        verify();
    }

    private void install(Path jar) throws Exception {
        Matcher id = Pattern.compile("Bundle ID: (\\d+)").matcher(shell.done("install file:" + jar));
        assertThat(id.find()).isTrue();
        shell.done("start " + id.group(1));
    }

    @Test
    void shouldServeOnWhenAFilterIsAltered() throws Exception {
        shell.done("alter filter Count mode=good");
        workload.awaitRounds(5);
        ConsoleSession.Reply refused = shell.run("alter filter Count mode=bad");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.text()).contains("expected anything but bad");
        ConsoleSession.Reply unknown = shell.run("alter filter Rewrite match=(");
        assertThat(unknown.status()).isNotZero();
        workload.awaitRounds(5);
        verify();
    }

    @Test
    void shouldServeOnWhenAFilterIsAddedAndRemoved() throws Exception {
        for (int round = 0; round < 5; round++) {
            shell.done("alter service Main filters=Rewrite|Count");
            workload.awaitRounds(3);
            shell.done("alter service Main filters=Log|Rewrite|Count");
            workload.awaitRounds(3);
        }
        workload.finish();
        assertThat(platform()).isEqualTo(platform);
    }

    @Test
    void shouldKeepServerConnectionsAndSessionFilesWhenShippedModulesAreUpdated() throws Exception {
        try (Client idle = Client.to(port)) {
            String id = idle.value("SELECT CONNECTION_ID()");
            for (int version = 1; version <= 10; version++) {
                for (String module : new String[] {QLAFILTER, ROUTER, "org.penstock.filter.regexfilter"}) {
                    Path jar = ProbeBundle.raised(module, temp, version);
                    shell.done("update " + module + " file:" + jar);
                    Files.delete(jar);
                }
                workload.awaitRounds(2);
            }
            Generations generations = new Generations(penstock, shell);
            for (String module : new String[] {"qlafilter", "readconnroute", "regexfilter"}) {
                generations.awaitMoved(module, "0.1.10", SESSIONS + 1);
            }
            assertThat(idle.value("SELECT CONNECTION_ID()")).isEqualTo(id);
        }
        long sent = workload.finish();
        assertThat(counter("Count", "statements")).isEqualTo(sent);
        assertThat(loggedLines()).isEqualTo(sent);
        assertThat(platform()).isEqualTo(platform);
    }

    /** Marked statements in the session files, each once, none lost between two generations. */
    private long loggedLines() throws Exception {
        long[] seen = new long[1];
        Await.until("the log files are written", () -> {
            seen[0] = 0;
            try (var files = Files.walk(penstock.data())) {
                for (Path file : files.filter(
                                each -> each.getFileName().toString().startsWith("queries."))
                        .toList()) {
                    seen[0] += Files.readAllLines(file).stream()
                            .filter(line -> line.contains(CountFilter.MARK))
                            .count();
                }
            }
            return seen[0] >= counter("Count", "statements");
        });
        return seen[0];
    }
}
