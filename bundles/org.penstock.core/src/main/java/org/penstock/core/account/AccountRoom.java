package org.penstock.core.account;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.error.SqlError;
import org.penstock.core.account.AccountLoader.Loaded;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerFailure;
import org.penstock.core.service.AccountSettings;
import org.penstock.core.service.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts of one service: the index in use, and when the next one is loaded. A load that fails leaves the index as it was. */
@AnyThread
public final class AccountRoom {
    /** Pause before another try while no server has answered yet. */
    static final Duration RETRY_AFTER_FAILURE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AccountRoom.class);

    private final Service service;
    private final Supplier<List<Server>> servers;
    private final AccountLoader loader;
    private final AccountCache cache;
    private final HostNames names;
    private final ScheduledExecutorService background;
    private final AccountReport report;

    private volatile AccountIndex index;
    /** What the index was made of; null before the first load. Guarded by this, as all below. */
    private @Nullable AccountSet accounts;

    /** What the file said last; of loads, which follow one another. */
    private volatile AccountSet filed = AccountSet.EMPTY;

    private volatile boolean fresh;
    private boolean closed;
    private boolean stale;
    private long lastBegin;
    private @Nullable CompletableFuture<AccountIndex> loading;
    private @Nullable CompletableFuture<AccountIndex> queued;
    private @Nullable ScheduledFuture<?> timer;

    AccountRoom(
            Service service,
            Supplier<List<Server>> servers,
            AccountLoader loader,
            AccountCache cache,
            HostNames names,
            ScheduledExecutorService background) {
        this.service = service;
        this.servers = servers;
        this.loader = loader;
        this.cache = cache;
        this.names = names;
        this.background = background;
        this.report = new AccountReport(service.name());
        this.index = AccountIndex.empty(settings());
    }

    /** The index in use. */
    public AccountIndex current() {
        return index;
    }

    /** The account for a client in the index in use, by its address and, where that is known, its name; null when none matches. */
    public @Nullable Account match(String user, String address) {
        return index.match(user, address, names.known(address));
    }

    /** Whether an account of any user admits that address in the index in use. */
    public boolean hostAllowed(String address) {
        return index.hostAllowed(address, names.known(address));
    }

    /** The same for a listener that does not compare hosts, or takes the service's own account otherwise than the service says. */
    public @Nullable Account match(String user, String address, MatchOptions options) {
        Account found = options.matchHost() ? match(user, address) : index.matchAnyHost(user);
        boolean injected = found != null && !fresh && ServiceAccount.isInjected(found, settings());
        return injected && Boolean.FALSE.equals(options.injectServiceUser()) ? null : found;
    }

    /** Why a client may not have a default database, or null; see {@link AccountIndex#databaseCheck}. */
    public @Nullable SqlError databaseCheck(Account account, String database, String address, MatchOptions options) {
        return index.databaseCheck(account, database, ClientAddress.of(address, names.known(address)), options);
    }

    /**
     * Finds out what {@link #match} may lack for a client that it did not find: the address's name when accounts of the user name hosts, else newer accounts.
     *
     * @return completes when asking again makes sense, never exceptionally; null when it makes none
     */
    public @Nullable CompletionStage<?> refresh(String user, String address) {
        CompletionStage<?> name = names.isOverdue(address) ? null : named(user, address);
        return name == null ? refresh() : name;
    }

    /**
     * Looks up the name of an address where accounts of the user name hosts: one of them may be narrower than what the address alone finds.
     *
     * @return completes when the name is known, or that there is none; never exceptionally; null when it is known or not needed
     */
    public @Nullable CompletionStage<?> named(String user, String address) {
        boolean missing = loader.resolvesNames() && index.needsName(user) && !names.isSettled(address);
        return missing ? names.lookUp(address) : null;
    }

    /** Completes with the index in use once the first load has ended, well or not; at once afterwards. */
    public synchronized CompletionStage<AccountIndex> ready() {
        if (accounts != null) {
            return CompletableFuture.completedFuture(index);
        }
        return settled(loading == null ? begin() : loading);
    }

    /** Loads now. A load that is under way is not joined, since it may have missed what the caller knows. Completes exceptionally with the servers' reason. */
    public synchronized CompletionStage<AccountIndex> reload() {
        if (loading == null) {
            return begin().copy();
        }
        if (queued == null) {
            queued = new CompletableFuture<>();
        }
        return queued.copy();
    }

    /**
     * Loads for a client whose account is unknown, unless the last load was too short ago; joins one that is under way.
     *
     * @return completes with the index in use afterwards, never exceptionally; null when nothing is loaded
     */
    public synchronized @Nullable CompletionStage<AccountIndex> refresh() {
        Duration limit = loader.timing().refreshTime();
        if (loading != null) {
            return settled(stale && !limit.isNegative() ? reload() : loading);
        }
        boolean tooEarly = !stale && loader.nanoTime() - lastBegin < limit.toNanos();
        return lastBegin != 0 && (limit.isNegative() || tooEarly || closed) ? null : settled(begin());
    }

    /** The accounts are known to have changed: the next {@link #refresh} loads although the last load was short ago. */
    synchronized void stale() {
        stale = true;
    }

    /** Whether the accounts in use came from a server since the start. */
    public boolean fresh() {
        return fresh;
    }

    /** Applies changed settings to the accounts at hand, and loads anew. */
    @SuppressWarnings("ReferenceEquality") // it is about the very accounts that were at hand
    void settingsChanged() {
        AccountSet known;
        synchronized (this) {
            known = accounts;
        }
        if (known != null) {
            var unused = put(known, () -> accounts == known);
        }
        var unused = reload();
    }

    /** Loads when none has succeeded yet: something that was missing has arrived. */
    synchronized void retry() {
        if (!fresh && loading == null && !closed) {
            var unused = begin();
        }
    }

    synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private AccountSettings settings() {
        return service.settings().accounts();
    }

    private synchronized CompletableFuture<AccountIndex> begin() {
        CompletableFuture<AccountIndex> begun = new CompletableFuture<>();
        loading = begun;
        lastBegin = loader.nanoTime() | 1;
        stale = false;
        AccountSettings settings = settings();
        try {
            background.execute(() -> {
                CompletionStage<AccountIndex> loaded;
                try {
                    loaded = load(settings);
                } catch (RuntimeException | LinkageError e) {
                    loaded = CompletableFuture.failedFuture(e);
                }
                var unused = loaded.whenComplete((made, failure) -> ended(begun, made, failure));
            });
        } catch (RejectedExecutionException e) {
            ended(begun, null, e);
        }
        return begun;
    }

    private CompletionStage<AccountIndex> load(AccountSettings settings) {
        List<Server> all = servers.get();
        if (settings.fileOnly()) {
            return fromFile(settings);
        }
        if (service.settings().servers().isEmpty()
                && service.settings().cluster().isEmpty()) {
            return CompletableFuture.completedFuture(take(ServiceAccount.only(settings), false));
        }
        return loader.load(service.name(), settings, all)
                .thenApplyAsync(loaded -> took(loaded, settings), background)
                .whenCompleteAsync((made, failure) -> fallBack(settings, failure), background);
    }

    private CompletionStage<AccountIndex> fromFile(AccountSettings settings) {
        try {
            AccountIndex made = take(AccountFile.read(Path.of(settings.file())), true);
            report.loaded(new Loaded(AccountSet.EMPTY, List.of(settings.file()), List.of()), made.size());
            return CompletableFuture.completedFuture(made);
        } catch (IOException | RuntimeException e) {
            fallBack(settings, e);
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The same with the accounts of the file; of one that cannot be read, with those that it had before. */
    private AccountSet withFile(AccountSet servers, AccountSettings settings) {
        if (settings.file().isEmpty()) {
            return servers;
        }
        try {
            filed = AccountFile.read(Path.of(settings.file()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("user_accounts_file of service '{}' is not used: {}", service.name(), e.toString());
        }
        return AccountFile.add(servers, filed);
    }

    private AccountIndex took(Loaded loaded, AccountSettings settings) {
        AccountIndex made = take(withFile(loaded.accounts(), settings), true);
        report.loaded(loaded, made.size());
        if (loader.checksGrants()) {
            report.missing(loaded.accounts().missing());
        }
        try {
            cache.write(loaded.accounts());
        } catch (IOException | RuntimeException e) {
            LOG.warn("Accounts of service '{}' cannot be kept on disk: {}", service.name(), e.toString());
        }
        return made;
    }

    /** After a failed load: the copy on disk, or the service's own account, when there is nothing yet. */
    private void fallBack(AccountSettings settings, @Nullable Throwable failure) {
        if (failure == null) {
            return;
        }
        report.failed(settings.user(), unwrapped(failure));
        synchronized (this) {
            if (accounts != null) {
                return;
            }
        }
        AccountSet copy = null;
        try {
            copy = cache.read();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Copy of the accounts of service '{}' is not used: {}", service.name(), e.toString());
        }
        if (copy != null) {
            LOG.warn("Accounts of service '{}' are taken from the copy in {}", service.name(), cache.file());
        }
        AccountSet known = copy == null ? AccountSet.EMPTY : withFile(copy, settings);
        take(ServiceAccount.with(known, settings), false);
    }

    private AccountIndex take(AccountSet set, boolean fromServers) {
        AccountIndex made = put(set, () -> true);
        if (fromServers) {
            fresh = true;
        }
        return made;
    }

    /**
     * Puts accounts into use under the service's settings as they are now, whatever they were when a load began. The index takes long with many accounts, so it is
     * made outside of the lock, for which logins wait.
     *
     * @param wanted asked under the lock, whether the accounts are still to be put into use
     */
    private AccountIndex put(AccountSet set, BooleanSupplier wanted) {
        while (true) {
            AccountSettings settings = settings();
            AccountIndex made = AccountIndex.of(set, settings);
            synchronized (this) {
                if (!wanted.getAsBoolean()) {
                    return index;
                }
                if (settings.equals(settings())) {
                    accounts = set;
                    index = made;
                    return made;
                }
            }
        }
    }

    private void ended(
            CompletableFuture<AccountIndex> begun, @Nullable AccountIndex made, @Nullable Throwable failure) {
        CompletableFuture<AccountIndex> waiting;
        CompletableFuture<AccountIndex> following = null;
        synchronized (this) {
            loading = null;
            waiting = queued;
            queued = null;
            if (waiting != null) {
                following = begin();
            } else {
                schedule();
            }
        }
        if (waiting != null && following != null) {
            pass(following, waiting);
        }
        if (failure == null && made != null) {
            begun.complete(made);
        } else {
            begun.completeExceptionally(unwrapped(failure));
        }
    }

    private synchronized void schedule() {
        Duration interval = fresh ? loader.timing().refreshInterval() : RETRY_AFTER_FAILURE;
        boolean needed = !service.settings().servers().isEmpty()
                || !service.settings().cluster().isEmpty()
                || settings().fileOnly();
        if (closed || !needed || interval.isZero() || interval.isNegative()) {
            return;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        timer = background.schedule(
                () -> {
                    if (fresh()) {
                        var unused = reload();
                    } else {
                        retry();
                    }
                },
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private CompletionStage<AccountIndex> settled(CompletionStage<AccountIndex> stage) {
        return stage.handle((made, failure) -> index);
    }

    private static void pass(CompletableFuture<AccountIndex> from, CompletableFuture<AccountIndex> to) {
        var unused = from.whenComplete((made, failure) -> {
            if (failure == null) {
                to.complete(made);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }

    private static Throwable unwrapped(@Nullable Throwable failure) {
        return failure == null ? new IllegalStateException("no result") : ServerFailure.unwrapped(failure);
    }
}
