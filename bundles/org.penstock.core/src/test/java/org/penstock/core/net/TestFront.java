package org.penstock.core.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.penstock.api.account.Account;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.Filter;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.router.Route;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.Store;
import org.penstock.auth.nativepassword.NativePasswordAuthenticator;
import org.penstock.core.account.LoginErrors;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.login.LoginRules;
import org.penstock.core.login.PlainRules;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.Plan;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.Servers;
import org.penstock.core.service.AccountSettings;
import org.penstock.core.service.Service;
import org.penstock.core.service.ServiceSettings;
import org.penstock.core.service.Services;
import org.penstock.core.service.SessionLimits;
import org.penstock.core.session.CollectBudget;
import org.penstock.core.store.Stores;
import org.penstock.protocol.mariadb.MariaDbProtocol;
import org.penstock.wire.Capabilities;
import org.penstock.wire.NativePassword;

/** A service in front of one server, put together without a framework; its accounts have their names as passwords. */
final class TestFront implements Frontend, PlainRules {
    /** Accounts of the service, whose passwords are their names. */
    private static final Set<String> USERS = Set.of("app", "other", "boss");

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Stores stores = new Stores();
    /** Milliseconds for a connection to the server. */
    volatile long connectTimeout = 5000;

    /** Addresses from which clients asked for accounts. */
    final List<String> askedFrom = new CopyOnWriteArrayList<>();

    private final List<ServerView> views = new CopyOnWriteArrayList<>();
    private final Servers servers = new Servers();
    private final Server server;
    private final Services services = new Services();
    private final Service service;
    private final NativePasswordAuthenticator proofs = new NativePasswordAuthenticator();
    private final CollectBudget budget = new CollectBudget(CollectBudget.DEFAULT_LIMIT);
    private final List<Generation<Filter>> filters = new CopyOnWriteArrayList<>();
    private final Map<String, Frontend> others = new ConcurrentHashMap<>();
    private volatile Generation<Router> router;
    private volatile Authenticator authenticator = proofs;
    private volatile @Nullable LoginRules rules;
    volatile String version = "5.5.5-11.4.5-MariaDB";
    private volatile Protocol protocol = new MariaDbProtocol();
    final AtomicLong accountChanges = new AtomicLong();

    TestFront(int port) {
        this("service", port);
    }

    TestFront(String name, int port) {
        server = servers.add(ServerSettings.of("server1", "127.0.0.1", port));
        views.add(server);
        router = generation("router", name, new FixedRouter());
        service = services.add(new ServiceSettings(
                name, "fixed", List.of("server1"), List.of(), AccountSettings.NONE, SessionLimits.DEFAULT, "", ""));
    }

    static <M> Generation<M> generation(String kind, String name, M module) {
        return new Generation<>(
                new Generation.ModuleId(kind, name, name, Version.emptyVersion, 1, NUMBERS.incrementAndGet(), 1),
                module);
    }

    /** Gives the server other settings. */
    TestFront configure(java.util.function.UnaryOperator<ServerSettings> change) {
        servers.modify(change.apply(server.settings()));
        return this;
    }

    /** Gives the service other limits. */
    TestFront limit(SessionLimits limits) {
        ServiceSettings old = service.settings();
        services.modify(new ServiceSettings(
                old.name(),
                old.router(),
                old.servers(),
                old.filters(),
                old.accounts(),
                limits,
                old.versionString(),
                old.cluster()));
        return this;
    }

    Server server() {
        return server;
    }

    Servers registry() {
        return servers;
    }

    /** Adds a filter at the end of the chain, or puts it in the place of the one with that name. */
    TestFront filter(String name, Filter filter) {
        Generation<Filter> added = generation("filter", name, filter);
        for (int i = 0; i < filters.size(); i++) {
            if (filters.get(i).id().name().equals(name)) {
                filters.set(i, added);
                return this;
            }
        }
        filters.add(added);
        return this;
    }

    TestFront router(Router next) {
        router = generation("router", service.name(), next);
        return this;
    }

    /** Checks clients; servers are logged in to with native passwords all the same. */
    TestFront authenticator(Authenticator next) {
        authenticator = next;
        return this;
    }

    /** Who is asked about logins; null for this front. */
    TestFront rules(@Nullable LoginRules next) {
        rules = next;
        return this;
    }

    TestFront protocol(Protocol next) {
        protocol = next;
        return this;
    }

    /** Makes another service known, for branches. */
    TestFront other(TestFront front) {
        others.put(front.service.name(), front);
        return this;
    }

    /** Sessions that have a part of any module of the current plan. */
    int parts() {
        int parts = router.sessions();
        for (Generation<Filter> filter : filters) {
            parts += filter.sessions();
        }
        return parts;
    }

    /** Sends everything to the one server. */
    private static final class FixedRouter implements Router {
        @Override
        public RouterSession open(RouterContext context) {
            Route route = Route.to("server1");
            return new RouterSession() {
                @Override
                public CommandInterest interest() {
                    return CommandInterest.NOTHING;
                }

                @Override
                public List<String> connectFirst() {
                    return List.of("server1");
                }

                @Override
                public Route route(Command command, Holds holds) {
                    return route;
                }
            };
        }
    }

    @Override
    public Service service() {
        return service;
    }

    @Override
    public Plan plan() {
        List<Plan.Slot<Filter>> slots = new ArrayList<>();
        for (Generation<Filter> filter : filters) {
            slots.add(new Plan.Slot<>(filter.id().name(), filter));
        }
        return new Plan(
                service.name(),
                NUMBERS.incrementAndGet(),
                slots,
                new Plan.Slot<>(service.name(), router),
                Duration.ofSeconds(30));
    }

    @Override
    public List<ServerView> servers() {
        return views;
    }

    /** Adds a server to the service. */
    TestFront also(String name, int serverPort) {
        views.add(servers.add(ServerSettings.of(name, "127.0.0.1", serverPort)));
        return this;
    }

    @Override
    public @Nullable Server server(String name) {
        return servers.find(name);
    }

    @Override
    public Protocol protocol(String name) {
        return protocol;
    }

    @Override
    public LoginRules rules(LoginPolicy policy) {
        LoginRules set = rules;
        return set == null ? this : set;
    }

    @Override
    public Greeting greeting(long connectionId, byte[] seed) {
        return new Greeting(
                version,
                connectionId,
                Capabilities.SUPPORTED & ~(Capabilities.SSL | Capabilities.MYSQL | Capabilities.BULK_UNIT_RESULTS),
                45,
                2,
                "mysql_native_password",
                seed);
    }

    @Override
    public ServerAuth serverAuth(String plugin, ServerAuthRequest request) {
        return proofs.server(request);
    }

    @Override
    public Store store() {
        return stores.store(ObjectKind.SERVICE, service.name());
    }

    @Override
    public @Nullable SqlError admit() {
        return service.tryAdmitSession() ? null : LoginErrors.tooManyConnections();
    }

    @Override
    public CollectBudget budget() {
        return budget;
    }

    @Override
    public long connectTimeoutMillis() {
        return connectTimeout;
    }

    @Override
    public void accountsChanged() {
        accountChanges.incrementAndGet();
    }

    @Override
    public @Nullable Frontend other(String name) {
        return others.get(name);
    }

    @Override
    public @Nullable Account account(String user, String address) {
        askedFrom.add(address);
        byte[] stage2 = NativePassword.stage2(user.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return USERS.contains(user)
                ? new Account(user, "%", "mysql_native_password", NativePassword.format(stage2), true, Set.of())
                : null;
    }

    @Override
    public Authenticator authenticator(@Nullable String accountPlugin) {
        return authenticator;
    }
}
