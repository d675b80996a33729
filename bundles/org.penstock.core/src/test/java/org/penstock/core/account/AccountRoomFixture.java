package org.penstock.core.account;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.error.BackendException;
import org.penstock.core.global.GlobalSettings;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.Servers;
import org.penstock.core.service.AccountSettings;
import org.penstock.core.service.Service;
import org.penstock.core.service.ServiceSettings;
import org.penstock.core.service.Services;
import org.penstock.core.service.SessionLimits;

/** Accounts of a service with two servers that a script answers for. */
abstract class AccountRoomFixture {
    static final BackendException LOST = new BackendException("db1", "connection refused", null);

    @TempDir
    Path directory;

    final FakeServers fake = new FakeServers();
    final Servers servers = new Servers();
    final Services services = new Services();
    final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    final ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1);
    final List<String> lookUps = new CopyOnWriteArrayList<>();
    boolean resolveNames = true;
    /** Runs at each look-up, before it. */
    Runnable resolver = () -> {};

    final HostNames names = new HostNames(this::nameOf, nanos::get);
    GlobalSettings.Accounts timing = new GlobalSettings.Accounts(
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

    GlobalSettings settings() {
        return new GlobalSettings(1, 1, 0, 1, 0, "", resolveNames, 0, timing);
    }

    @AfterEach
    void stop() {
        names.close();
        background.shutdownNow();
    }

    static AccountSet users(String... names) {
        return new AccountSet(
                List.of(names).stream()
                        .map(name -> new Account(name, "%", "", "", true, Set.of()))
                        .toList(),
                Set.of());
    }

    static ServiceSettings settings(AccountSettings accounts, String... servers) {
        return new ServiceSettings(
                "rw", "readconnroute", List.of(servers), List.of(), accounts, SessionLimits.DEFAULT, "", "");
    }

    static AccountSettings all(boolean allServers) {
        return new AccountSettings("max", "pw", allServers, false, true, true, true, true, 0);
    }

    AccountRoom room(ServiceSettings settings) {
        Service service = services.add(settings);
        return room(service);
    }

    AccountRoom room(Service service) {
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

    String nameOf(InetAddress address) {
        resolver.run();
        lookUps.add(address.getHostAddress());
        if (address.getHostAddress().equals("10.0.0.66")) {
            throw new IllegalStateException("a name service of its own");
        }
        return address.getHostAddress().equals("10.0.0.1") ? "app.example.com" : address.getHostAddress();
    }

    static <T> T get(CompletionStage<T> stage) throws ExecutionException, InterruptedException, TimeoutException {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static boolean knows(AccountIndex index, String user) {
        return index.match(user, "10.0.0.1", null) != null;
    }
}
