package org.penstock.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.monitor.ServerReport;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.Servers;

class ScriptTest {
    private final Servers servers = new Servers();

    private List<ServerView> cluster() {
        servers.watch("mon", List.of("db1", "db2", "db3"));
        add("db1", 3306, Map.of("server_id", "1", "master_id", "-1"), ServerStatus.RUNNING, ServerStatus.MASTER);
        add("db2", 3307, Map.of("server_id", "2", "master_id", "1"), ServerStatus.RUNNING, ServerStatus.SLAVE);
        add("db3", 3308, Map.of("server_id", "3", "master_id", "1"));
        return List.copyOf(servers.all());
    }

    private void add(String name, int port, Map<String, String> facts, ServerStatus... statuses) {
        servers.add(ServerSettings.of(name, "10.0.0.1", port));
        servers.report("mon", name, new ServerReport(ServerStatus.mask(statuses), facts));
    }

    @Test
    void shouldSplitIntoWordsAsAShellWould() {
        assertThat(ScriptCommand.words(" /bin/a  --x='1 2' \"b \\\" c\" d\\ e '' "))
                .containsExactly("/bin/a", "--x=1 2", "b \" c", "d e", "");
        assertThat(ScriptCommand.words("")).isEmpty();
        assertThatThrownBy(() -> ScriptCommand.words("a 'b")).hasMessageContaining("script");
    }

    @Test
    void shouldFillPlaceholders() {
        List<ServerView> all = cluster();
        List<String> words = ScriptCommand.words(
                "s e=$EVENT i=$INITIATOR l=$LIST n=$NODELIST m=$MASTERLIST s=$SLAVELIST y=$SYNCEDLIST p=$PARENT c=$CHILDREN");
        assertThat(ScriptCommand.filled(words, MonitorEvent.MASTER_DOWN, all.get(0), all))
                .containsExactly(
                        "s",
                        "e=master_down",
                        "i=[10.0.0.1]:3306",
                        "l=[10.0.0.1]:3306,[10.0.0.1]:3307,[10.0.0.1]:3308",
                        "n=[10.0.0.1]:3306,[10.0.0.1]:3307",
                        "m=[10.0.0.1]:3306",
                        "s=[10.0.0.1]:3307",
                        "y=",
                        "p=",
                        "c=[10.0.0.1]:3307,[10.0.0.1]:3308");
        assertThat(ScriptCommand.filled(List.of("$PARENT"), MonitorEvent.SLAVE_DOWN, all.get(1), all))
                .containsExactly("[10.0.0.1]:3306");
    }

    private static void awaitContent(Path file, String content) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!Files.exists(file) || !Files.readString(file).equals(content)) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void shouldRunWithoutAShell(@TempDir Path directory) throws Exception {
        Path out = directory.resolve("out");
        try (EventScripts scripts = new EventScripts(Duration.ofSeconds(10))) {
            scripts.run("mon", MonitorEvent.SERVER_DOWN, List.of("cp", "/etc/hostname; echo", out.toString()));
            scripts.run("mon", MonitorEvent.SERVER_DOWN, List.of("/no/such/file"));
            scripts.run(
                    "mon", MonitorEvent.SERVER_DOWN, List.of("sh", "-c", "printf '%s' \"$1\" > " + out, "sh", "$HOME"));
            awaitContent(out, "$HOME");
        }
    }

    @Test
    void shouldEndScriptThatTakesTooLong(@TempDir Path directory) throws Exception {
        Path pid = directory.resolve("pid");
        try (EventScripts scripts = new EventScripts(Duration.ofMillis(300))) {
            scripts.run("mon", MonitorEvent.SERVER_DOWN, List.of("sh", "-c", "echo $$ > " + pid + "; exec sleep 60"));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!Files.exists(pid) || Files.readString(pid).isBlank() || isAlive(pid)) {
                assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    private static boolean isAlive(Path pid) throws IOException {
        long number = Long.parseLong(Files.readString(pid).strip());
        return ProcessHandle.of(number).map(ProcessHandle::isAlive).orElse(false);
    }
}
