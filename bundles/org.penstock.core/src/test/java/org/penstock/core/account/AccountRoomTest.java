package org.penstock.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.ServerStatus;
import org.penstock.core.global.GlobalSettings;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.Servers;
import org.penstock.core.service.AccountSettings;
import org.penstock.core.service.Service;
import org.penstock.core.service.ServiceSettings;
import org.penstock.core.service.Services;
import org.penstock.core.service.SessionLimits;

class AccountRoomTest {
    private static final BackendException LOST = new BackendException("db1", "connection refused", null);
    private static final BackendException DENIED =
            new BackendException("db1", new SqlError(1142, "42000", "SELECT command denied"));

    @TempDir
    private Path directory;

    private final FakeServers fake = new FakeServers();
    private final Servers servers = new Servers();
    private final Services services = new Services();
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    private final ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1);
    private final List<String> lookUps = new CopyOnWriteArrayList<>();
    private boolean resolveNames = true;
    private final HostNames names = new HostNames(this::nameOf, nanos::get);
    private GlobalSettings.Accounts timing = new GlobalSettings.Accounts(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            0,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ZERO,
            true);

    @BeforeEach
    void twoServers() {
        servers.add(ServerSettings.of("db1", "127.0.0.1", 3306));
        servers.add(ServerSettings.of("db2", "127.0.0.1", 3307));
    }

    private GlobalSettings settings() {
        return new GlobalSettings(1, 1, 0, 1, 0, "", resolveNames, 0, timing);
    }

    @AfterEach
    void stop() {
        names.close();
        background.shutdownNow();
    }

    private static AccountSet users(String... names) {
        return new AccountSet(
                List.of(names).stream()
                        .map(name -> new Account(name, "%", "", "", true, Set.of()))
                        .toList(),
                Set.of());
    }

    private static ServiceSettings settings(AccountSettings accounts, String... servers) {
        return new ServiceSettings(
                "rw", "readconnroute", List.of(servers), List.of(), accounts, SessionLimits.DEFAULT, "", "");
    }

    private static AccountSettings all(boolean allServers) {
        return new AccountSettings("max", "pw", allServers, false, true, true, true, true, 0);
    }

    private AccountRoom room(ServiceSettings settings) {
        Service service = services.add(settings);
        return room(service);
    }

    private AccountRoom room(Service service) {
        AccountLoader loader = new AccountLoader(
                fake, protocol -> protocol.equals("MySQLBackend") ? fake : null, this::settings, nanos::get);
        return new AccountRoom(
                service,
                () -> servers.existing(service.settings().servers()),
                loader,
                new AccountCache(directory.resolve("rw/accounts")),
                names,
                background);
    }

    private String nameOf(InetAddress address) {
        lookUps.add(address.getHostAddress());
        return address.getHostAddress().equals("10.0.0.1") ? "app.example.com" : address.getHostAddress();
    }

    private static <T> T get(CompletionStage<T> stage)
            throws ExecutionException, InterruptedException, TimeoutException {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static boolean knows(AccountIndex index, String user) {
        return index.match(user, "10.0.0.1", null) != null;
    }

    @Test
    void shouldReadFromFirstServer() throws Exception {
        fake.accounts("db1", users("a"));
        fake.accounts("db2", users("b"));
        AccountIndex index = get(room(settings(all(false), "db1", "db2")).ready());
        assertThat(knows(index, "a")).isTrue();
        assertThat(knows(index, "b")).isFalse();
        assertThat(knows(index, "max"))
                .as("the service's own account when others are known")
                .isFalse();
        assertThat(fake.connects).containsExactly("db1");
        assertThat(fake.open).hasValue(0);
    }

    @Test
    void shouldPassOverServersThatAreDownOrInMaintenance() throws Exception {
        servers.set("db1", ServerStatus.MAINTENANCE, "operator");
        fake.accounts("db2", users("b"));
        assertThat(knows(get(room(settings(all(false), "db1", "db2")).ready()), "b"))
                .isTrue();
        assertThat(fake.connects).containsExactly("db2");
    }

    @Test
    void shouldGoOnToNextServerWhenOneFails() throws Exception {
        fake.failConnects("db1", LOST);
        fake.accounts("db2", users("b"));
        assertThat(knows(get(room(settings(all(false), "db1", "db2")).ready()), "b"))
                .isTrue();
    }

    @Test
    void shouldTryAgainAfterLostConnectionButNotAfterRefusal() throws Exception {
        timing = new GlobalSettings.Accounts(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                2,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ZERO,
                true);
        fake.accounts("db1", users("a"));
        fake.failConnects("db1", LOST, LOST);
        AccountRoom room = room(settings(all(false), "db1"));
        assertThat(knows(get(room.ready()), "a")).isTrue();
        fake.connects.clear();
        fake.failConnects("db1", DENIED, DENIED);
        assertThatThrownBy(() -> get(room.reload())).hasCause(DENIED);
        assertThat(fake.connects).containsExactly("db1");
    }

    @Test
    void shouldUniteAllServersWhenTold() throws Exception {
        fake.accounts("db1", users("a"));
        fake.accounts("db2", users("b"));
        AccountIndex index = get(room(settings(all(true), "db1", "db2")).ready());
        assertThat(knows(index, "a")).isTrue();
        assertThat(knows(index, "b")).isTrue();
    }

    @Test
    void shouldKeepFormerAccountsWhenLoadFails() throws Exception {
        fake.accounts("db1", users("a"));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        fake.failConnects("db1", LOST, LOST, LOST);
        assertThatThrownBy(() -> get(room.reload())).hasCause(LOST);
        assertThat(knows(room.current(), "a")).isTrue();
        assertThat(room.fresh()).isTrue();
    }

    @Test
    void shouldUseCopyOnDiskWhenNoServerAnswers() throws Exception {
        fake.accounts("db1", users("a"));
        Service service = services.add(settings(all(false), "db1"));
        get(room(service).ready());
        fake.failConnects("db1", LOST);
        AccountRoom restarted = room(service);
        AccountIndex index = get(restarted.ready());
        assertThat(knows(index, "a")).isTrue();
        assertThat(knows(index, "max")).as("the service's own account").isTrue();
        assertThat(restarted.fresh()).isFalse();
    }

    @Test
    void shouldAdmitOwnAccountWhenNothingIsKnown() throws Exception {
        fake.failConnects("db1", LOST);
        AccountIndex index = get(room(settings(all(false), "db1")).ready());
        Account account = index.match("max", "localhost", null);
        assertThat(account).isNotNull();
        assertThat(account.authentication()).isEqualTo("*D821809F681A40A6E379B50D0463EFAE20BDD122");
        assertThat(index.size()).isEqualTo(2);
    }

    @Test
    void shouldSurviveDamagedCopy() throws Exception {
        java.nio.file.Files.createDirectories(directory.resolve("rw"));
        java.nio.file.Files.writeString(directory.resolve("rw/accounts"), "no accounts at all");
        fake.failConnects("db1", LOST);
        assertThat(get(room(settings(all(false), "db1")).ready()).size()).isEqualTo(2);
    }

    @Test
    void shouldNeedNoServerForRouterWithoutServers() throws Exception, IOException {
        assertThat(knows(get(room(settings(all(false))).ready()), "max")).isTrue();
        assertThat(fake.connects).isEmpty();
    }

    @Test
    void shouldLoadOnceForAllWhoWait() throws Exception {
        CompletableFuture<AccountSet> later = new CompletableFuture<>();
        fake.accounts("db1", later);
        AccountRoom room = room(settings(all(false), "db1"));
        CompletionStage<AccountIndex> first = room.ready();
        CompletionStage<AccountIndex> second = room.ready();
        CompletionStage<AccountIndex> third = room.refresh();
        later.complete(users("a"));
        assertThat(knows(get(first), "a")).isTrue();
        assertThat(knows(get(second), "a")).isTrue();
        assertThat(third).isNotNull();
        assertThat(knows(get(third), "a")).isTrue();
        assertThat(fake.connects).containsExactly("db1");
    }

    @Test
    void shouldLoadAnewWhenToldDuringLoad() throws Exception {
        CompletableFuture<AccountSet> later = new CompletableFuture<>();
        fake.accounts("db1", later);
        AccountRoom room = room(settings(all(false), "db1"));
        CompletionStage<AccountIndex> first = room.reload();
        CompletionStage<AccountIndex> second = room.reload();
        CompletionStage<AccountIndex> third = room.reload();
        later.complete(users("a"));
        get(first);
        get(second);
        get(third);
        assertThat(fake.connects).containsExactly("db1", "db1");
    }

    @Test
    void shouldLimitLoadsForUnknownUsers() throws Exception {
        fake.accounts("db1", users("a"));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        assertThat(room.refresh()).isNull();
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(room.refresh()).isNull();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        fake.accounts("db1", users("a", "b"));
        CompletionStage<AccountIndex> refreshed = room.refresh();
        assertThat(refreshed).isNotNull();
        assertThat(knows(get(refreshed), "b")).isTrue();
        assertThat(room.refresh()).isNull();
    }

    @Test
    void shouldLoadAtOnceWhenAccountsAreKnownToHaveChanged() throws Exception {
        fake.accounts("db1", users("a"));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        fake.accounts("db1", users("a", "b"));
        room.stale();
        CompletionStage<AccountIndex> refreshed = room.refresh();
        assertThat(refreshed).isNotNull();
        assertThat(knows(get(refreshed), "b")).isTrue();
        assertThat(room.refresh()).as("one load for one change").isNull();
    }

    @Test
    void shouldNotJoinLoadThatMayHaveMissedTheChange() throws Exception {
        CompletableFuture<AccountSet> later = new CompletableFuture<>();
        fake.accounts("db1", later);
        AccountRoom room = room(settings(all(false), "db1"));
        room.reload();
        room.stale();
        CompletionStage<AccountIndex> refreshed = room.refresh();
        later.complete(users("a"));
        assertThat(refreshed).isNotNull();
        get(refreshed);
        assertThat(fake.connects).containsExactly("db1", "db1");
    }

    @Test
    void shouldNeverLoadForUnknownUsersWhenTold() throws Exception {
        timing = new GlobalSettings.Accounts(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(-1),
                Duration.ZERO,
                true);
        fake.accounts("db1", users("a"));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(room.refresh()).isNull();
    }

    @Test
    void shouldEndRefreshNormallyWhenLoadFails() throws Exception {
        fake.accounts("db1", users("a"));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        fake.failConnects("db1", LOST);
        CompletionStage<AccountIndex> refreshed = room.refresh();
        assertThat(refreshed).isNotNull();
        assertThat(knows(get(refreshed), "a")).isTrue();
    }

    @Test
    void shouldApplyChangedSettingsAtOnce() throws Exception {
        fake.accounts("db1", users("a", "root"));
        Service service = services.add(settings(all(false), "db1"));
        AccountRoom room = room(service);
        assertThat(knows(get(room.ready()), "root")).isFalse();
        fake.failConnects("db1", LOST);
        services.modify(settings(new AccountSettings("max", "pw", false, true, true, true, true, true, 0), "db1"));
        room.settingsChanged();
        assertThat(knows(room.current(), "root")).isTrue();
    }

    @Test
    void shouldNotGoBackToSettingsWithWhichALoadBegan() throws Exception {
        CompletableFuture<AccountSet> slow = new CompletableFuture<>();
        fake.accounts("db1", slow);
        AccountSettings without = all(false);
        Service service = services.add(settings(without, "db1"));
        AccountRoom room = room(service);
        var loading = room.reload();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (slow.getNumberOfDependents() == 0) {
            assertThat(System.nanoTime()).as("the load has not begun").isLessThan(deadline);
            Thread.onSpinWait();
        }
        services.modify(settings(rooted(), "db1"));
        room.settingsChanged();
        // The next load does not end.
        fake.accounts("db1", new CompletableFuture<>());
        slow.complete(users("root", "a"));
        loading.toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(room.match("root", "10.0.0.1")).isNotNull();
    }

    private static AccountSettings rooted() {
        return new AccountSettings("max", "pw", false, true, true, true, true, true, 0);
    }

    @Test
    void shouldSayWhatIsMissingWhenNoBundleReadsTheDialect() {
        AccountLoader loader = new AccountLoader(fake, protocol -> null, this::settings, nanos::get);
        assertThatThrownBy(() -> get(loader.load("rw", all(false), servers.all())))
                .hasMessageContaining("no installed bundle reads accounts of protocol 'MySQLBackend'");
    }

    private AccountRoom roomWithNamedHost() throws Exception {
        fake.accounts(
                "db1", new AccountSet(List.of(new Account("a", "%.example.com", "", "", true, Set.of())), Set.of()));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        return room;
    }

    @Test
    void shouldLookUpNameWhenAccountsNameHosts() throws Exception {
        AccountRoom room = roomWithNamedHost();
        assertThat(room.match("a", "10.0.0.1")).isNull();
        assertThat(room.hostAllowed("10.0.0.1")).isFalse();
        CompletionStage<?> named = room.refresh("a", "10.0.0.1");
        assertThat(named).isNotNull();
        get(named);
        assertThat(room.match("a", "10.0.0.1")).isNotNull();
        assertThat(room.hostAllowed("10.0.0.1")).isTrue();
        assertThat(lookUps).containsExactly("10.0.0.1");
        nanos.addAndGet(HostNames.KEEP.toNanos() + 1);
        assertThat(room.match("a", "10.0.0.1")).as("forgotten after a while").isNull();
    }

    @Test
    void shouldAskOnceForAddressWithoutName() throws Exception {
        AccountRoom room = roomWithNamedHost();
        CompletionStage<?> named = room.refresh("a", "10.0.0.2");
        assertThat(named).isNotNull();
        get(named);
        assertThat(room.match("a", "10.0.0.2")).isNull();
        assertThat(room.refresh("a", "10.0.0.2")).as("accounts are new enough").isNull();
        assertThat(lookUps).containsExactly("10.0.0.2");
    }

    @Test
    void shouldNeverLookUpWhenTold() throws Exception {
        resolveNames = false;
        assertThat(roomWithNamedHost().refresh("a", "10.0.0.1")).isNull();
        assertThat(lookUps).isEmpty();
    }

    @Test
    void shouldAdviseTheGrant() {
        assertThat(AccountReport.advice("max", DENIED)).contains("GRANT SELECT ON mysql.* TO 'max'@");
        assertThat(AccountReport.advice("max", LOST)).isEmpty();
        assertThat(AccountReport.advice("max", new BackendException("db1", new SqlError(1040, "08004", "full"))))
                .isEmpty();
        assertThat(AccountReport.advice("max", new BackendException("db1", new SqlError(1045, "28000", "no"))))
                .contains("Check user and password");
    }

    private AccountSettings withFile(String json, boolean only) throws IOException {
        Path file = Files.writeString(directory.resolve("users.json"), json);
        return new AccountSettings("max", "pw", false, false, true, true, true, true, 0, file.toString(), only);
    }

    @Test
    void shouldAddAccountsOfAFileToThoseOfTheServers() throws Exception {
        fake.accounts("db1", users("a"));
        AccountSettings settings = withFile("{\"user\": [{\"user\": \"f\", \"host\": \"%\"}]}", false);
        AccountRoom room = room(settings(settings, "db1"));
        AccountIndex index = get(room.ready());
        assertThat(knows(index, "a")).isTrue();
        assertThat(knows(index, "f")).isTrue();
        Files.writeString(directory.resolve("users.json"), "{\"user\": [{\"usr\": 1}]}");
        assertThat(knows(get(room.reload()), "f"))
                .as("what a broken file said before")
                .isTrue();
    }

    @Test
    void shouldNotReadFileWhenNoServerAnswers() throws Exception {
        fake.failConnects("db1", LOST);
        AccountSettings settings = withFile("{\"user\": [{\"user\": \"f\", \"host\": \"%\"}]}", false);
        AccountRoom room = room(settings(settings, "db1"));
        assertThat(knows(get(room.ready()), "f")).isFalse();
        assertThat(knows(room.current(), "max")).isTrue();
    }

    @Test
    void shouldAskNoServerWhenTheFileAloneCounts() throws Exception {
        fake.accounts("db1", users("a"));
        AccountSettings settings = withFile("{\"user\": [{\"user\": \"f\", \"host\": \"%\"}]}", true);
        AccountRoom room = room(settings(settings, "db1"));
        assertThat(knows(get(room.ready()), "f")).isTrue();
        assertThat(knows(room.current(), "a")).isFalse();
        assertThat(knows(room.current(), "max")).isFalse();
        assertThat(fake.connects).isEmpty();
    }

    @Test
    void shouldLetAListenerDoWithoutTheInjectedAccount() throws Exception {
        fake.failConnects("db1", LOST);
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        assertThat(room.match("max", "10.0.0.1", MatchOptions.DEFAULT)).isNotNull();
        assertThat(room.match("max", "10.0.0.1", new MatchOptions(false, true, null, false)))
                .isNull();
    }
}
