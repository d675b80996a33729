package org.penstock.config.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.ObjectKind;
import org.penstock.config.TestSchema;
import org.penstock.config.check.Sources;
import org.penstock.config.schema.Schema;

class ConfiguratorTest {
    private static final String FILE =
            """
            [server1]
            type=server
            address=127.0.0.1
            [Mon 1]
            type=monitor
            module=mysqlmon
            servers=server1
            user=u
            password=p
            [Q]
            type=filter
            module=qlafilter
            filebase=/tmp/q
            [S]
            type=service
            router=readconnroute
            router_options=slave
            servers=server1
            user=u
            password=p
            filters=Q
            [L]
            type=listener
            service=S
            port=4006
            """;

    private static final String[] ALL = {
        "org.penstock.filter.qlafilter~Q@1",
        "org.penstock.listener~L",
        "org.penstock.monitor.mysqlmon~Mon%201@1",
        "org.penstock.router.readconnroute~S@1",
        "org.penstock.server~server1",
        "org.penstock.service~S"
    };

    @TempDir
    Path directory;

    private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
    private final FakeWatch watch = new FakeWatch();
    private Schema schema = TestSchema.all();
    private Path file = Path.of("");
    private Configurator configurator = made(Path.of("absent"), Path.of("absent"));

    private Configurator made(Path conf, Path persisted) {
        Applier applier = new Applier(new ConfigurationStore(admin.admin()), watch, Runnable::run);
        return new Configurator(() -> Sources.read(conf, persisted), () -> schema, applier);
    }

    @BeforeEach
    void files() {
        file = directory.resolve("p.cnf");
        write(FILE);
        configurator = made(file, directory.resolve("config.d"));
    }

    private void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> stored(String pid) {
        return admin.stored().getOrDefault(pid, Map.of());
    }

    private RuntimeChanges changes() {
        return new RuntimeChanges(configurator);
    }

    private String persisted(String name) throws IOException {
        return Files.readString(directory.resolve("config.d").resolve(name));
    }

    @Test
    void shouldWriteOneConfigurationForEachObject() {
        assertThat(configurator.load()).isEmpty();
        assertThat(admin.stored()).containsOnlyKeys(ALL);
        assertThat(stored("org.penstock.monitor.mysqlmon~Mon%201@1"))
                .containsEntry("penstock.name", "Mon 1")
                .containsEntry("penstock.kind", "monitor")
                .containsEntry("penstock.module", "mysqlmon")
                .containsEntry("penstock.revision", 1)
                .containsEntry("penstock.origin", "org.penstock.config")
                .containsEntry("user", "u");
        assertThat(stored("org.penstock.router.readconnroute~S@1"))
                .containsEntry("penstock.name", "S")
                .containsEntry("penstock.kind", "router")
                .containsEntry("router_options", "slave");
        assertThat(stored("org.penstock.listener~L")).containsEntry("name", "L").containsEntry("port", 4006);
    }

    @Test
    void shouldWriteNothingWhenTheFileIsWrong() {
        write(FILE.replace("4006", "x").replace("service=S", "service=T"));
        configurator = made(file, directory.resolve("config.d"));
        assertThat(configurator.load())
                .isEqualTo(file + ":24: [L] service: there is no service 'T'; did you mean S?\n" + file
                        + ":25: [L] port: expected a whole number from 1 to 65535, got 'x'");
        assertThat(admin.stored()).isEmpty();
    }

    @Test
    void shouldNamePlaceOfWhatIsRefusedAtTheStart() {
        watch.refusedByConstructor.put("filter 'Q'", "match: expected a regular expression, got '('");
        watch.refusedByConstructor.put("router of service 'S'", "router_options: bad");
        assertThat(configurator.load().lines())
                .containsExactlyInAnyOrder(
                        file + ":10: [Q] match: expected a regular expression, got '('",
                        file + ":17: [S] router_options: bad");
    }

    @Test
    void shouldTakeUpWhatAnEarlierLifeLeft() {
        configurator.load();
        write(FILE.replace("4006", "4007").replace("[Q]", "[R]").replace("filters=Q", "filters=R"));
        configurator = made(file, directory.resolve("config.d"));
        assertThat(configurator.load()).isEmpty();
        assertThat(admin.stored())
                .containsKeys("org.penstock.filter.qlafilter~R@1", "org.penstock.router.readconnroute~S@1")
                .doesNotContainKey("org.penstock.filter.qlafilter~Q@1");
        assertThat(stored("org.penstock.listener~L")).containsEntry("port", 4007);
    }

    @Test
    void shouldMakeNewRevisionBesideTheOldUntilItsSessionsHaveLeft() {
        configurator.load();
        write(FILE.replace("/tmp/q", "/tmp/r"));
        assertThat(configurator.reload(false)).containsExactly("filter 'Q': changed filebase");
        assertThat(stored("org.penstock.filter.qlafilter~Q@1")).containsEntry("filebase", "/tmp/q");
        assertThat(stored("org.penstock.filter.qlafilter~Q@2")).containsEntry("filebase", "/tmp/r");
        watch.leave("filter 'Q' revision 1");
        assertThat(admin.stored())
                .containsKey("org.penstock.filter.qlafilter~Q@2")
                .doesNotContainKey("org.penstock.filter.qlafilter~Q@1");
        assertThat(configurator.reload(false)).isEmpty();
    }

    @Test
    void shouldChangeObjectsOfTheCoreInPlace() {
        configurator.load();
        write(FILE.replace("4006", "4007").replace("[L]", "max_connections=3\n[L]"));
        assertThat(configurator.reload(false))
                .containsExactly("service 'S': changed max_connections", "listener 'L': changed port");
        assertThat(admin.stored()).containsOnlyKeys(ALL);
        assertThat(stored("org.penstock.service~S"))
                .containsEntry("max_connections", 3)
                .containsEntry("penstock.revision", 2);
    }

    @Test
    void shouldChangeRouterWithoutTouchingItsService() {
        configurator.load();
        write(FILE.replace("router_options=slave", "router_options=master"));
        assertThat(configurator.reload(false)).containsExactly("router of service 'S': changed router_options");
        assertThat(stored("org.penstock.service~S")).containsEntry("penstock.revision", 1);
        assertThat(admin.stored()).containsKey("org.penstock.router.readconnroute~S@2");
    }

    @Test
    void shouldReplaceModuleUnderTheSameName() {
        configurator.load();
        write(FILE.replace("module=qlafilter\nfilebase=/tmp/q", "module=maxrows"));
        assertThat(configurator.reload(false)).containsExactly("filter 'Q': module maxrows instead of qlafilter");
        assertThat(admin.stored()).containsKeys("org.penstock.filter.qlafilter~Q@1", "org.penstock.filter.maxrows~Q@2");
        watch.leave("filter 'Q' revision 1");
        assertThat(admin.stored()).doesNotContainKey("org.penstock.filter.qlafilter~Q@1");
    }

    @Test
    void shouldOnlyTellTheDifferenceInDryRun() {
        configurator.load();
        Map<String, Map<String, Object>> before = new LinkedHashMap<>(admin.stored());
        write(FILE.replace("filters=Q\n", "") + "[server2]\ntype=server\naddress=b\n");
        assertThat(configurator.reload(true))
                .containsExactly("server 'server2': added", "service 'S': changed filters");
        assertThat(admin.stored()).isEqualTo(before);
    }

    @Test
    void shouldRemoveFilterOnceItsSessionsHaveLeft() {
        configurator.load();
        write(FILE.replace("filters=Q\n", "").replace("[Q]\ntype=filter\nmodule=qlafilter\nfilebase=/tmp/q\n", ""));
        assertThat(configurator.reload(false)).containsExactly("service 'S': changed filters", "filter 'Q': removed");
        assertThat(admin.stored()).containsKey("org.penstock.filter.qlafilter~Q@1");
        watch.leave("filter 'Q' revision 1");
        assertThat(admin.stored()).doesNotContainKey("org.penstock.filter.qlafilter~Q@1");
    }

    @Test
    void shouldChangeNothingWhenTheChangedFileIsWrong() {
        configurator.load();
        write(FILE.replace("4006", "x").replace("/tmp/q", "/tmp/r"));
        assertThatThrownBy(() -> configurator.reload(false))
                .isInstanceOf(AdminException.class)
                .hasMessage(file + ":25: [L] port: expected a whole number from 1 to 65535, got 'x'");
        assertThat(admin.stored()).containsOnlyKeys(ALL);
    }

    @Test
    void shouldTakeWholeDifferenceBackWhenOneRevisionIsRefused() {
        configurator.load();
        Map<String, Map<String, Object>> before = new LinkedHashMap<>(admin.stored());
        watch.refusedByConstructor.put("filter 'Q'", "filebase: bad");
        write(FILE.replace("/tmp/q", "/tmp/r").replace("127.0.0.1", "127.0.0.2").replace("user=u", "user=v"));
        assertThatThrownBy(() -> configurator.reload(false))
                .isInstanceOf(AdminException.class)
                .hasMessage("filter 'Q' is refused: filebase: bad; nothing was changed");
        assertThat(admin.stored()).containsOnlyKeys(ALL);
        assertThat(stored("org.penstock.server~server1")).containsEntry("address", "127.0.0.1");
        assertThat(stored("org.penstock.service~S")).isEqualTo(before.get("org.penstock.service~S"));
        assertThat(watch.draining).isEmpty();
        watch.refusedByConstructor.clear();
        assertThat(configurator.reload(false)).hasSize(4);
        assertThat(admin.stored())
                .containsKeys("org.penstock.filter.qlafilter~Q@1", "org.penstock.filter.qlafilter~Q@3");
    }

    @Test
    void shouldTakeNewObjectBackWhenTheCoreRefusesIt() {
        configurator.load();
        watch.refusedByCore.put("filter 'N'", "no such directory");
        write(FILE.replace("filters=Q", "filters=Q|N") + "[N]\ntype=filter\nmodule=maxrows\n");
        assertThatThrownBy(() -> configurator.reload(false))
                .hasMessage("filter 'N' is refused: no such directory; nothing was changed");
        assertThat(admin.stored()).containsOnlyKeys(ALL);
    }

    @Test
    void shouldRefuseRevisionThatDoesNotAppearWhileTheOldOneServes() {
        configurator.load();
        watch.late.add("filter 'Q'");
        write(FILE.replace("/tmp/q", "/tmp/r"));
        assertThatThrownBy(() -> configurator.reload(false))
                .hasMessage("filter 'Q' is refused: it did not become active in time; nothing was changed");
        watch.absent.add("filter 'Q'");
        assertThat(configurator.reload(false)).containsExactly("filter 'Q': changed filebase");
    }

    @Test
    void shouldBringWaitingObjectToLifeWhenItsModuleArrives() {
        schema = TestSchema.core();
        assertThat(configurator.load()).isEmpty();
        assertThat(configurator.checked().waiting()).hasSize(3);
        assertThat(admin.stored())
                .containsOnlyKeys("org.penstock.listener~L", "org.penstock.server~server1", "org.penstock.service~S");
        schema = TestSchema.all();
        configurator.recheck();
        assertThat(configurator.checked().waiting()).isEmpty();
        assertThat(admin.stored()).containsOnlyKeys(ALL);
        schema = TestSchema.core();
        assertThat(configurator.reload(false)).isEmpty();
    }

    @Test
    void shouldWriteAlteredObjectDownAndApplyIt() throws IOException {
        configurator.load();
        assertThat(changes().alter(ObjectKind.FILTER, "Q", Map.of("filebase", "/tmp/z", "flush", "yes")))
                .containsExactly("filter 'Q': changed filebase, flush");
        assertThat(persisted("Q.cnf")).startsWith("[Q]\ntype=filter\nmodule=qlafilter\nfilebase=/tmp/z\n");
        assertThat(stored("org.penstock.filter.qlafilter~Q@2")).containsEntry("flush", true);
        assertThat(changes().alter(ObjectKind.FILTER, "Q", Map.of("flush", "")))
                .containsExactly("filter 'Q': changed flush");
        assertThat(configurator.reload(true)).isEmpty();
        assertThat(made(file, directory.resolve("config.d")).reload(true)).isEmpty();
    }

    @Test
    void shouldLeaveEverythingWhenAlteredObjectIsRefused() {
        configurator.load();
        assertThatThrownBy(() -> changes().alter(ObjectKind.FILTER, "Q", Map.of("flsh", "yes")))
                .isInstanceOf(AdminException.class)
                .hasMessage("[Q] flsh: unknown parameter; did you mean flush?");
        watch.refusedByConstructor.put("filter 'Q'", "match: bad");
        assertThatThrownBy(() -> changes().alter(ObjectKind.FILTER, "Q", Map.of("match", "(")))
                .hasMessage("filter 'Q' is refused: match: bad; nothing was changed");
        assertThat(directory.resolve("config.d/Q.cnf")).doesNotExist();
        assertThat(admin.stored()).containsOnlyKeys(ALL);
        assertThat(configurator.reload(true)).isEmpty();
    }

    @Test
    void shouldRefuseAlterationsThatMakeNoSense() {
        configurator.load();
        assertThatThrownBy(() -> changes().alter(ObjectKind.FILTER, "q1", Map.of("flush", "1")))
                .hasMessage("there is no filter 'q1'; did you mean Q?");
        assertThatThrownBy(() -> changes().alter(ObjectKind.FILTER, "Q", Map.of("type", "server")))
                .hasMessage("type of an object cannot be changed");
        assertThatThrownBy(() -> changes().alter(ObjectKind.FILTER, "Q", Map.of("match", "")))
                .hasMessage("[Q] match: is not set, so it cannot be removed");
        assertThatThrownBy(() -> changes().alter(ObjectKind.FILTER, "Q", Map.of("match", "a ;b")))
                .hasMessageContaining("match: cannot be written to a file");
        assertThatThrownBy(() -> changes().alter(ObjectKind.SESSION, "1", Map.of("a", "b")))
                .hasMessageContaining("a session is not configured");
        assertThatThrownBy(() -> changes().alter(ObjectKind.FILTER, "Q", Map.of()))
                .hasMessage("alter filter Q: expected key=value");
    }

    @Test
    void shouldCreateAndDestroyObjects() throws IOException {
        configurator.load();
        assertThat(changes().create(ObjectKind.SERVER, "new one", Map.of("address", "db", "port", "3307")))
                .containsExactly("server 'new one': added");
        assertThat(persisted("new%20one.cnf")).startsWith("[new one]\ntype=server\n");
        assertThat(admin.stored()).containsKey("org.penstock.server~new%20one");
        assertThatThrownBy(() -> changes().create(ObjectKind.FILTER, "new one", Map.of("module", "maxrows")))
                .hasMessage("there is a server 'new one' already");
        assertThatThrownBy(() -> changes().create(ObjectKind.FILTER, "X", Map.of("module", "maxrow")))
                .hasMessage("[X] module: there is no filter module 'maxrow'; did you mean maxrows?");
        assertThat(changes().destroy(ObjectKind.SERVER, "new one")).containsExactly("server 'new one': removed");
        assertThat(directory.resolve("config.d/new%20one.cnf")).doesNotExist();
        assertThat(admin.stored()).containsOnlyKeys(ALL);
    }

    @Test
    void shouldRefuseToDestroyWhatIsUsed() {
        configurator.load();
        assertThatThrownBy(() -> changes().destroy(ObjectKind.SERVER, "server1"))
                .hasMessage("server 'server1' is used by monitor 'Mon 1', service 'S'; take it out there first");
        assertThatThrownBy(() -> changes().destroy(ObjectKind.FILTER, "Q"))
                .hasMessage("filter 'Q' is used by service 'S'; take it out there first");
    }

    @Test
    void shouldTellThatDestroyedObjectStandsInTheFile() {
        configurator.load();
        assertThat(changes().destroy(ObjectKind.LISTENER, "L"))
                .containsExactly(
                        "listener 'L': removed",
                        "listener 'L' stands in " + file + ":22 too; it comes back with the next reload or start");
        assertThat(admin.stored()).doesNotContainKey("org.penstock.listener~L");
    }

    @Test
    void shouldNameParametersForCompletion() {
        configurator.load();
        assertThat(changes().parameters(ObjectKind.SERVICE, "S"))
                .contains("max_connections", "router_options", "weightby")
                .doesNotContain("type", "name");
        assertThat(changes().parameters(ObjectKind.FILTER, "Q")).contains("filebase", "log_type");
        assertThat(changes().parameters(ObjectKind.LISTENER, "L")).contains("port");
    }

    @Test
    void shouldNotExpectListenersOfWaitingServices() {
        write(FILE.replace(
                "[L]",
                "[K]\ntype=listener\nservice=S\nprotocol=CDC\nport=4001\n[T]\ntype=service\nrouter=cli\n"
                        + "[J]\ntype=listener\nservice=T\nport=4002\n[L]"));
        configurator = made(file, directory.resolve("config.d"));
        assertThat(configurator.load()).isEmpty();
        assertThat(configurator.listeners()).containsExactly("L");
    }

    @Test
    void shouldTakeReasonOutOfStackTraces() {
        assertThat(
                        FailureText.of(
                                "java.lang.reflect.InvocationTargetException\n\tat a.b(C.java:1)\n"
                                        + "Caused by: org.x.ConfigurationException: [org.penstock.filter.q] match: expected a regex, got '('\n\tat d.e(F.java:2)\n"
                                        + "Caused by: java.util.regex.PatternSyntaxException: Unclosed group near index 1\n(\n\t... 3 more\n"))
                .isEqualTo("match: expected a regex, got '('");
        assertThat(FailureText.of("java.lang.IllegalStateException: no\n\tat x"))
                .isEqualTo("no");
        assertThat(FailureText.of(null)).isEqualTo("it did not start; the log has the reason");
    }
}
