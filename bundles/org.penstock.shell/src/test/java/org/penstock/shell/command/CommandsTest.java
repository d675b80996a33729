package org.penstock.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.admin.AdminException;
import org.penstock.shell.TestShell;
import org.penstock.shell.UsageException;
import org.penstock.shell.Verb;

class CommandsTest {
    @TempDir
    private Path data;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell();
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"servers", "services", "listeners", "sessions", "filters", "monitors", "modules", "server"})
    void shouldListEveryKind(String kind) throws Exception {
        assertThat((String) shell.run("list " + kind)).startsWith("Name").contains("3306");
    }

    @Test
    void shouldWriteTablesForScripts() throws Exception {
        assertThat(shell.run("list servers --tsv")).isEqualTo("Name\tPort\ns1\t3306\ns2\t3306");
        assertThat(shell.run("list servers --json"))
                .isEqualTo("[{\"Name\": \"s1\", \"Port\": \"3306\"},\n {\"Name\": \"s2\", \"Port\": \"3306\"}]");
    }

    @Test
    void shouldShowAnObject() throws Exception {
        assertThat((String) shell.run("show server s1")).startsWith("server s1\n  Status: Running\n");
        assertThat((String) shell.run("show service 'Read Only' --json")).contains("\"Status\": \"Running\"");
        assertThat((String) shell.run("show session 17")).startsWith("session 17");
        assertThat(shell.run("show services --tsv")).isEqualTo("Name\tPort\nRead Only\t3306\nRW\t3306");
    }

    @Test
    void shouldRefuseAnObjectThatIsNotThere() {
        assertThatThrownBy(() -> shell.run("show server s9"))
                .isInstanceOf(AdminException.class)
                .hasMessage("no server 's9'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "list severs # did you mean 'server'?",
                "show server # the name of a server is missing",
                "show server a b # one name is expected",
                "set service RW maintenance # 'service' is not one of server",
                "kill session abc # 'abc' is not the id of a session",
                "alter filter log # nothing to change",
                "alter filter log filebase # not of the form key=value",
                "alter filter log a=1 a=2 # 'a' is given twice",
                "create server s9 1.2.3.4 3306 P A extra # 'extra' is not of the form key=value",
                "reload everything # 'reload config', 'reload dbusers SERVICE' or 'reload tls'",
                "call command echo say # the arguments are: word more?",
                "call command echo say bad # bad word",
                "call thing echo say x # 'call command' is expected",
                "destroy server # the name of a server is missing",
                "start server s1 # a server cannot be started; listeners and monitors can",
                "stop listener # the name of one listener is expected",
                "log level x LOUD # 'LOUD' is not one of TRACE",
                "log what # 'log levels' or 'log level NAME LEVEL'",
                "rotate everything # 'rotate logs' is expected",
                "shutdown service RW # 'shutdown' ends the process",
                "help lits # did you mean 'list'?"
            })
    void shouldSayWhatIsWrongWithTheWords(String line, String message) {
        assertThatThrownBy(() -> shell.run(line))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void shouldSetAndClearServerStates() throws Exception {
        assertThat(shell.run("set server s1 maintenance")).isEqualTo("server 's1': maintenance set");
        assertThat(shell.run("clear server s1 maintenance")).isEqualTo("server 's1': maintenance cleared");
        assertThat(shell.management.calls).containsExactly("set s1 maintenance", "clear s1 maintenance");
    }

    @Test
    void shouldChangeTheConfiguration() throws Exception {
        shell.run("alter filter log filebase=/tmp/q log_type=");
        shell.run("create server s4 127.0.0.1 3309 persistpoolmax=5");
        shell.run("create listener RW L2 default 4007");
        shell.run("create listener L3 service=RW port=4008");
        shell.run("create filter f qlafilter filebase=/tmp/f");
        shell.run("create service S readconnroute servers=s1,s2");
        shell.run("destroy server s4");
        shell.run("destroy listener RW L2");
        assertThat(shell.configuration.calls)
                .containsExactly(
                        "alter filter log {filebase=/tmp/q, log_type=}",
                        "create server s4 {address=127.0.0.1, port=3309, persistpoolmax=5}",
                        "create listener L2 {service=RW, port=4007}",
                        "create listener L3 {service=RW, port=4008}",
                        "create filter f {module=qlafilter, filebase=/tmp/f}",
                        "create service S {router=readconnroute, servers=s1,s2}",
                        "destroy server s4 {}",
                        "destroy listener L2 {}");
    }

    @Test
    void shouldKeepPasswordsOutOfNamesOfThreads() throws Exception {
        shell.run("alter monitor M password=secret");
        assertThat(shell.configuration.threads).containsExactly("penstock-shell");
    }

    @Test
    void shouldReload() throws Exception {
        assertThat(shell.run("reload config --dry-run")).isEqualTo("would change");
        assertThat(shell.run("reload config")).isEqualTo("changed");
        assertThat(shell.run("reload dbusers RW")).isEqualTo("12 accounts of RW");
        assertThat(shell.run("reload tls")).isEqualTo("listener 'RW': CN=proxy");
    }

    @Test
    void shouldKillASession() throws Exception {
        assertThat(shell.run("kill session 17")).isEqualTo("session 17 ended");
        assertThat(shell.management.calls).containsExactly("kill 17");
    }

    @Test
    void shouldListAndUnblockAddresses() throws Exception {
        assertThat(shell.run("list blocked --tsv")).isEqualTo("Address\n10.0.0.1");
        assertThat(shell.run("unblock 10.0.0.1")).isEqualTo("counted anew");
        assertThat(shell.management.calls).containsExactly("unblock 10.0.0.1");
    }

    @Test
    void shouldStartAndStopOurObjectsAndLeaveBundlesToFelix() throws Exception {
        assertThat(shell.run("stop listener L1")).isEqualTo("listener 'L1' stopped");
        assertThat(shell.run("start listener L1")).isEqualTo("listener 'L1' started");
        assertThat(shell.run("stop monitor M")).isEqualTo("monitor 'M' stopped");
        assertThat(shell.management.calls).containsExactly("stop listener L1", "start listener L1", "stop monitor M");
        assertThat(shell.run("stop -t 0")).isEqualTo("felix:stop [-t, 0]");
        assertThat(shell.run("start fake.framework")).isEqualTo("felix:start [0]");
        assertThat(shell.run("start file:/x.jar")).isEqualTo("felix:start [file:/x.jar]");
        assertThatThrownBy(() -> shell.run("stop 0")).hasMessage("bundle 0 did not stop");
        assertThatThrownBy(() -> shell.run("start 12")).hasMessage("no bundle 12; 'lb' lists them");
    }

    @Test
    void shouldTellItsStatus() throws Exception {
        assertThat((String) shell.run("version"))
                .startsWith("Penstock 1.2.3, Java ")
                .endsWith("fake.framework 7.0.5");
        assertThat((String) shell.run("uptime")).matches("(\\d+ \\w+ ?)+");
        assertThat((String) shell.run("status"))
                .startsWith("Penstock 1.2.3")
                .contains("\nL1   | 3306\n")
                .endsWith("\nwaits:\n  service 'RW': waiting for module 'tee'");
    }

    @ParameterizedTest
    @CsvSource({"7, 7 s", "61, 1 min 1 s", "7260, 2 h 1 min", "180000, 2 d 2 h"})
    void shouldSayHowLongItIsUp(long seconds, String text) {
        assertThat(StatusCommand.text(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @Test
    void shouldShutDownThroughTheCoreOrWithoutIt() throws Exception {
        assertThat(shell.run("shutdown")).isEqualTo("Penstock ends");
        assertThat(shell.management.calls).containsExactly("shutdown");
        assertThat(shell.context.calls).doesNotContain("stop");
        shell.administration.unbindManagement(shell.management);
        shell.run("shutdown");
        assertThat(shell.context.calls).contains("stop");
    }

    @Test
    void shouldChangeLevelsOfTheLog() throws Exception {
        shell.context.properties.put("penstock.data", data.toString());
        assertThat((String) shell.run("log level org.penstock.core debug")).startsWith("org.penstock.core: DEBUG");
        assertThat((String) shell.run("log levels")).contains("org.penstock.core | DEBUG | log level");
        assertThat((String) shell.run("log level org.penstock.core default")).contains("DEFAULT");
        assertThat((String) shell.run("log levels")).doesNotContain("org.penstock.core");
        assertThat((String) shell.run("rotate logs")).startsWith("log files are opened again");
        assertThat((String) shell.run("flush logs")).startsWith("log files are opened again");
    }

    @Test
    void shouldSayWhatAnObjectWaitsFor() throws Exception {
        assertThat(shell.run("why RW")).isEqualTo("waiting for module 'tee'");
        assertThat(shell.run("why L1")).isEqualTo("'L1' waits for nothing");
    }

    @Test
    void shouldRunCommandsOfModules() throws Exception {
        assertThat(shell.run("call command echo say a b")).isEqualTo("a+b");
        assertThat((String) shell.run("list commands")).contains("echo", "say", "word more?", "says its words");
    }

    @Test
    void shouldReachItsOwnSetAndHelpBeforeThoseOfGogo() throws Exception {
        assertThat((String) shell.run("set server s1 master")).contains("master set");
        assertThat(shell.run("gogo:set")).isEqualTo("gogo:set");
        assertThat(shell.run("help lb")).isEqualTo("felix:help [felix:lb]");
    }

    @Test
    void shouldExplainEveryVerbWithAnExample() throws Exception {
        String overview = (String) shell.run("help");
        assertThat(shell.verbs.all()).hasSizeGreaterThan(10);
        for (Verb verb : shell.verbs.all()) {
            assertThat(overview).contains(verb.name()).contains(verb.effect());
            assertThat((String) shell.run("help " + verb.name()))
                    .contains(verb.forms().get(0))
                    .contains("for example:\n  " + verb.examples().get(0));
        }
    }

    @Test
    void shouldSayThatTheCoreIsAway() {
        shell.administration.unbindManagement(shell.management);
        assertThatThrownBy(() -> shell.run("list servers"))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("the core is not running");
    }
}
