package org.penstock.itests.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Client;
import org.penstock.itests.harness.Cluster;
import org.penstock.itests.harness.ConsoleSession;
import org.penstock.itests.harness.Distribution;
import org.penstock.itests.harness.FreePort;
import org.penstock.itests.harness.PenstockProcess;
import org.penstock.itests.harness.ProgramResult;
import org.penstock.servers.EmbeddedServer;

/** The tour of the README, block by block as it stands there, with the demo's configuration. */
class TourIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK =
            Pattern.compile("^```(console|sql|sh)\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String PROMPT = "penstock> ";
    private static final String BAD_PATTERN = "alter filter InnoDB match=(";

    @TempDir
    Path temp;

    private final List<String> shown = new ArrayList<>();
    private final Set<String> connections = new LinkedHashSet<>();
    private Distribution distribution;
    private PenstockProcess penstock;
    private Client client;
    private String session;

    @Test
    void shouldUpgradeLiveSessionWhenReadmeIsFollowed() throws Exception {
        distribution = Distribution.in(temp.resolve("penstock"));
        int port = FreePort.next();
        try (PenstockProcess started = PenstockProcess.start(distribution, temp.resolve("run"), demo(port))
                        .awaitReady();
                Client connected = to(started, port)) {
            penstock = started;
            client = connected;
            session = started.shell("list sessions --tsv")
                    .lines()
                    .reduce((first, last) -> last)
                    .orElseThrow()
                    .split("\t", 2)[0];
            for (MatchResult block : tour()) {
                follow(block.group(1), block.group(2));
            }
        }
        assertThat(shown).hasSize(3);
        assertThat(shown.get(0)).contains("qlafilter 0.1.0, revision 1");
        assertThat(shown.get(1)).contains("qlafilter 0.1.1, revision 1", "In transaction: true");
        assertThat(shown.get(2)).contains("qlafilter 0.1.0, revision 1", "regexfilter 0.1.0, revision 2");
        assertThat(connections).hasSize(1);
    }

    private static List<MatchResult> tour() throws Exception {
        String text = Files.readString(ROOT.resolve("README.md"));
        String tour = text.substring(text.indexOf("## Five minutes"), text.indexOf("## Modules"));
        return BLOCK.matcher(tour).results().toList();
    }

    private static String demo(int port) throws Exception {
        String text = Files.readString(ROOT.resolve("config/penstock.cnf"))
                .replace("$WRITE_PORT", String.valueOf(port))
                .replace("$READ_PORT", String.valueOf(FreePort.next()));
        int number = 0;
        for (EmbeddedServer server : Cluster.shared().servers()) {
            number++;
            text = text.replace("$SERVER" + number + "_HOST", "127.0.0.1")
                    .replace("$SERVER" + number + "_PORT", String.valueOf(server.port()));
        }
        return text;
    }

    private static Client to(PenstockProcess penstock, int port) throws Exception {
        Await.until("the primary is known", penstock::complaints, () -> penstock.shell("list servers")
                .contains("Master, Running"));
        return Client.to(port);
    }

    private void follow(String language, String block) throws Exception {
        switch (language) {
            case "console" -> {
                for (String line : block.lines().toList()) {
                    assertThat(line).startsWith(PROMPT);
                    command(line.substring(PROMPT.length()));
                }
            }
            case "sql" -> {
                for (String statement : block.split(";\\s*", 0)) {
                    sql(statement);
                }
            }
            default -> shell(block);
        }
    }

    private void command(String line) throws Exception {
        try (ConsoleSession console = penstock.console()) {
            ConsoleSession.Reply reply = console.run(
                    line.replace("session 1073741825", "session " + session).replace("/tmp/", temp + "/"));
            assertThat(reply.status()).as("%s%n%s", line, reply.text()).isEqualTo(line.equals(BAD_PATTERN) ? 1 : 0);
            if (line.startsWith("show session")) {
                shown.add(reply.text());
            }
        }
    }

    private void sql(String statement) throws Exception {
        if (statement.startsWith("SELECT")) {
            connections.add(client.value(statement));
        } else {
            client.execute(statement);
        }
    }

    private void shell(String block) throws Exception {
        String commands = block.replace("/tmp/", temp + "/")
                .replace(
                        "bundles/org.penstock.filter.qlafilter/target/org.penstock.filter.qlafilter-0.1.0.jar",
                        Distribution.shipped("org.penstock.filter.qlafilter").toString())
                .replace("runtime/target/penstock/deploy", distribution.deploy().toString())
                .replace("jar ufm", System.getProperty("java.home") + "/bin/jar ufm");
        ProgramResult result = ProgramResult.of(List.of("sh", "-e", "-c", commands));
        assertThat(result.status()).as("%s%n%s", commands, result.text()).isZero();
        if (block.startsWith("rm ")) {
            Await.until("the session is back on the version before", penstock::complaints, () -> penstock.shell(
                            "show session " + session)
                    .contains("qlafilter 0.1.0"));
        }
    }
}
