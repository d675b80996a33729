package org.penstock.core.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.AccountSource;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.error.BackendException;
import org.penstock.core.global.GlobalSettings;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerFailure;
import org.penstock.core.server.ServiceConnector;
import org.penstock.core.service.AccountSettings;

/** Reads the accounts of a service from its servers over service connections: from the first that answers, or from all. */
@AnyThread
final class AccountLoader {
    /** Questions for which the whole of a load from one server may take its time. */
    private static final int MAX_QUESTIONS = 20;

    /**
     * What a load brought.
     *
     * @param servers names of the servers that answered
     * @param failures of those that did not
     */
    record Loaded(AccountSet accounts, List<String> servers, List<BackendException> failures) {}

    private final ServiceConnector connector;
    private final Function<String, @Nullable AccountSource> sources;
    private final Supplier<GlobalSettings> global;
    private final LongSupplier nanoTime;

    AccountLoader(
            ServiceConnector connector,
            Function<String, @Nullable AccountSource> sources,
            Supplier<GlobalSettings> global,
            LongSupplier nanoTime) {
        this.connector = connector;
        this.sources = sources;
        this.global = global;
        this.nanoTime = nanoTime;
    }

    GlobalSettings.Accounts timing() {
        return global.get().accounts();
    }

    /** Whether addresses of clients may be resolved to names. */
    boolean resolvesNames() {
        return global.get().resolveNames();
    }

    /** Whether grants that a service's account lacks are reported. */
    boolean checksGrants() {
        return global.get().accounts().checkGrants();
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** Completes exceptionally with a {@link BackendException} of the first server when none has answered. */
    CompletionStage<Loaded> load(String service, AccountSettings settings, List<Server> servers) {
        List<Server> usable = servers.stream().filter(Server::usable).toList();
        if (usable.isEmpty()) {
            return CompletableFuture.failedFuture(new BackendException(
                    servers.isEmpty() ? "" : servers.get(0).name(),
                    "none of the servers of service '" + service + "' is running",
                    null));
        }
        return new Load(settings, usable, timing()).next(0);
    }

    /** One load: goes through the servers in order. */
    private final class Load {
        private final AccountSettings settings;
        private final List<Server> servers;
        private final GlobalSettings.Accounts timing;
        private final long begin = nanoTime.getAsLong();
        private final List<AccountSet> sets = new ArrayList<>();
        private final List<String> answered = new ArrayList<>();
        private final List<BackendException> failures = new ArrayList<>();
        private int retriesLeft;

        Load(AccountSettings settings, List<Server> servers, GlobalSettings.Accounts timing) {
            this.settings = settings;
            this.servers = servers;
            this.timing = timing;
            this.retriesLeft = timing.retries();
        }

        /** Steps follow one another, so the lists need no lock. */
        CompletionStage<Loaded> next(int index) {
            if (index == servers.size()) {
                return end();
            }
            Server server = servers.get(index);
            return from(server)
                    .handle((accounts, failure) -> {
                        if (failure == null) {
                            sets.add(accounts);
                            answered.add(server.name());
                            return settings.allServers() ? next(index + 1) : end();
                        }
                        BackendException reason = ServerFailure.of(server, failure);
                        if (mayRetry(reason)) {
                            retriesLeft--;
                            return next(index);
                        }
                        failures.add(reason);
                        return next(index + 1);
                    })
                    .thenCompose(stage -> stage);
        }

        private boolean mayRetry(BackendException reason) {
            long spent = nanoTime.getAsLong() - begin;
            return reason.error() == null
                    && retriesLeft > 0
                    && spent < timing.retryTimeout().toNanos();
        }

        private CompletionStage<Loaded> end() {
            if (sets.isEmpty()) {
                return CompletableFuture.failedFuture(failures.get(0));
            }
            AccountSet accounts = sets.size() == 1 ? sets.get(0) : AccountIndex.union(sets);
            return CompletableFuture.completedFuture(
                    new Loaded(accounts, List.copyOf(answered), List.copyOf(failures)));
        }

        private CompletableFuture<AccountSet> from(Server server) {
            String protocol = server.settings().protocol();
            AccountSource source = sources.apply(protocol);
            if (source == null) {
                return CompletableFuture.failedFuture(new BackendException(
                        server.name(), "no installed bundle reads accounts of protocol '" + protocol + "'", null));
            }
            Duration longest = timing.connectTimeout().plus(timing.readTimeout().multipliedBy(MAX_QUESTIONS));
            return connector
                    .connect(
                            server, settings.user(), settings.password(), timing.connectTimeout(), timing.readTimeout())
                    .toCompletableFuture()
                    .thenCompose(connection -> ask(source, connection, longest));
        }

        private CompletionStage<AccountSet> ask(
                AccountSource source, ServiceConnector.Opened connection, Duration longest) {
            CompletableFuture<AccountSet> asked;
            try {
                asked = source.load(connection).toCompletableFuture().copy();
            } catch (RuntimeException | LinkageError e) {
                asked = CompletableFuture.failedFuture(e);
            }
            return asked.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((accounts, failure) -> connection.close());
        }
    }
}
