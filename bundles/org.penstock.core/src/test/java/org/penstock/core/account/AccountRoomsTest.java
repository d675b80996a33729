package org.penstock.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.admin.AdminException;
import org.penstock.api.monitor.ServerReport;
import org.penstock.api.server.ServerStatus;
import org.penstock.core.global.Global;
import org.penstock.core.global.GlobalConfig;
import org.penstock.core.global.Section;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.Servers;
import org.penstock.core.service.AccountSettings;
import org.penstock.core.service.ServiceSettings;
import org.penstock.core.service.Services;
import org.penstock.core.service.SessionLimits;

class AccountRoomsTest {
    private static final AccountSet ACCOUNTS =
            new AccountSet(List.of(new Account("a", "%", "", "", true, Set.of())), Set.of());

    @TempDir
    private Path directory;

    private final FakeServers fake = new FakeServers();
    private final Servers servers = new Servers();
    private final Services services = new Services();
    private final AccountSources sources = new AccountSources();
    private AccountRooms rooms;

    @BeforeEach
    void start() {
        Global global = new Global(directory.toString(), Section.of(GlobalConfig.class, Map.of()), Map.of());
        rooms = new AccountRooms(services, servers, global, fake, sources);
        fake.accounts("db1", ACCOUNTS);
    }

    @AfterEach
    void stop() {
        rooms.deactivate();
    }

    private static ServiceSettings settings(String cluster, String... names) {
        AccountSettings accounts = AccountSettings.NONE.with("max", "pw");
        return new ServiceSettings(
                "rw", "readconnroute", List.of(names), List.of(), accounts, SessionLimits.DEFAULT, "", cluster);
    }

    private void bindSource() {
        sources.add(fake, new Version("0.1.0"), 5, new String[] {"mariadb", "mysqlbackend"});
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void shouldLoadWhenServerComesAfterService() throws InterruptedException {
        bindSource();
        services.add(settings("", "db1"));
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        await(() -> rooms.room("rw").fresh());
        assertThat(rooms.room("rw").current().size()).isEqualTo(1);
    }

    @Test
    void shouldLoadWhenMonitorFindsServerRunning() throws InterruptedException {
        bindSource();
        servers.watch("mon", List.of("db1"));
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        services.add(settings("mon"));
        rooms.room("rw").ready().toCompletableFuture().join();
        assertThat(rooms.room("rw").fresh()).isFalse();
        servers.report("mon", "db1", new ServerReport(ServerStatus.RUNNING.bit(), Map.of()));
        await(() -> rooms.room("rw").fresh());
    }

    @Test
    void shouldLoadWhenSourceArrives() throws InterruptedException {
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        services.add(settings("", "db1"));
        rooms.room("rw").ready().toCompletableFuture().join();
        assertThat(rooms.room("rw").fresh()).isFalse();
        bindSource();
        await(() -> rooms.room("rw").fresh());
    }

    @Test
    void shouldLoadAnewWhenServersOfServiceChange() throws InterruptedException {
        bindSource();
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        servers.add(ServerSettings.of("db2", "127.0.0.1", 3307));
        fake.accounts("db2", AccountSet.EMPTY);
        services.add(settings("", "db1"));
        await(() -> rooms.room("rw").current().size() == 1);
        services.modify(settings("", "db2"));
        await(() -> rooms.room("rw").current().size() == 0);
    }

    /** Every client can change its own password as often as it likes. */
    @Test
    void shouldLiftTheRateLimitOfTheServiceWhoseClientHasChangedAccountsOnly() throws InterruptedException {
        bindSource();
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        services.add(settings("", "db1"));
        ServiceSettings rw = settings("", "db1");
        services.add(new ServiceSettings(
                "ro", rw.router(), rw.servers(), rw.filters(), rw.accounts(), rw.limits(), rw.versionString(), ""));
        await(() -> rooms.room("rw").fresh() && rooms.room("ro").fresh());
        await(() -> rooms.room("rw").refresh() == null && rooms.room("ro").refresh() == null);
        rooms.changed("rw");
        assertThat(rooms.room("ro").refresh()).isNull();
        assertThat(rooms.room("rw").refresh()).isNotNull();
        rooms.changed("gone");
    }

    @Test
    void shouldForgetRoomOfRemovedService() {
        services.add(settings("", "db1"));
        services.remove("rw");
        assertThatThrownBy(() -> rooms.room("rw")).isInstanceOf(AdminException.class);
    }

    @Test
    void shouldUseNewestSourceOfDialect() {
        FakeServers newer = new FakeServers();
        bindSource();
        sources.add(newer, new Version("0.1.0"), 9, "MariaDB");
        assertThat(sources.find("mariadb")).isSameAs(newer);
        FakeServers older = new FakeServers();
        sources.add(older, new Version("0.0.9"), 11, "mariadb");
        assertThat(sources.find("mariadb")).isSameAs(newer);
        sources.remove(11);
        sources.remove(9);
        assertThat(sources.find("MARIADB")).isSameAs(fake);
        assertThat(sources.find("cdc")).isNull();
    }
}
