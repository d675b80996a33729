package org.penstock.core.net;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.Client;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Secret;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.session.Store;
import org.penstock.auth.cachingsha2.CachingSha2Authenticator;
import org.penstock.auth.cachingsha2.Sha256Authenticator;
import org.penstock.auth.cleartext.ClearTextAuthenticator;
import org.penstock.auth.ed25519.Ed25519Authenticator;
import org.penstock.auth.nativepassword.NativePasswordAuthenticator;
import org.penstock.auth.nullauth.NullAuthAllow;
import org.penstock.auth.nullauth.NullAuthDeny;
import org.penstock.core.account.AccountChecks;
import org.penstock.core.account.LoginErrors;
import org.penstock.core.login.MappedUser;
import org.penstock.core.login.PlainRules;
import org.penstock.core.store.Stores;
import org.penstock.core.tls.TlsPeer;

/** Rules with accounts of every method, all with the server's account {@code app} behind them. Writes down what authenticators do. */
final class MethodRules implements PlainRules {
    static final List<Authenticator> ALL = List.of(
            new NativePasswordAuthenticator(),
            new Ed25519Authenticator(),
            new CachingSha2Authenticator(),
            new Sha256Authenticator(),
            new ClearTextAuthenticator(),
            new NullAuthAllow(),
            new NullAuthDeny());

    final Map<String, Account> accounts = new ConcurrentHashMap<>();
    final Map<String, String> options = new HashMap<>();
    final List<String> work = new CopyOnWriteArrayList<>();
    final List<String> ends = new CopyOnWriteArrayList<>();
    volatile boolean skips;

    /** Addresses whose logins were refused too often. */
    final Set<String> blocked = ConcurrentHashMap.newKeySet();

    /** Whose servers are logged in to as {@code app}. */
    volatile Predicate<String> mapped = user -> true;

    private final Stores stores = new Stores();

    @Nullable
    Authenticator alone;

    @Nullable
    Account standIn;

    MethodRules account(String user, Account.Method... methods) {
        accounts.put(user, new Account(user, "%", List.of(methods), Set.of(), true, Set.of()));
        return this;
    }

    @Override
    public @Nullable Account account(String user, String address) {
        return accounts.get(user);
    }

    @Override
    public @Nullable Account standIn(String user) {
        return standIn;
    }

    @Override
    public @Nullable Authenticator authenticator(@Nullable String accountPlugin) {
        String wanted = accountPlugin == null ? "" : accountPlugin;
        for (Authenticator authenticator : ALL) {
            if (authenticator.accountPlugins().contains(wanted)) {
                return new Watched(authenticator, work);
            }
        }
        return null;
    }

    @Override
    public @Nullable Authenticator withoutAccounts() {
        return alone;
    }

    @Override
    public Map<String, String> options() {
        return options;
    }

    @Override
    public @Nullable MappedUser mapped(String user) {
        return mapped.test(user) ? new MappedUser("app", Secret.clear("app")) : null;
    }

    @Override
    public @Nullable SqlError accountRefused(
            Account account, LoginRequest request, Client client, @Nullable TlsPeer tls) {
        return AccountChecks.refusal(account, request, client, tls);
    }

    @Override
    public @Nullable SqlError blocked(String address) {
        return blocked.contains(address) ? LoginErrors.hostBlocked(address) : null;
    }

    @Override
    public boolean skipsAuthentication() {
        return skips;
    }

    @Override
    public void ended(String user, String address, @Nullable SqlError error) {
        ends.add(user + " " + (error == null ? "proved" : error.code()));
    }

    @Override
    public Store store() {
        return stores.store(ObjectKind.SERVICE, "service");
    }

    /** An authenticator whose steps are written down. */
    private record Watched(Authenticator watched, List<String> work) implements Authenticator {
        @Override
        public String plugin() {
            return watched.plugin();
        }

        @Override
        public Set<String> accountPlugins() {
            return watched.accountPlugins();
        }

        @Override
        public ServerAuth server(ServerAuthRequest request) {
            return watched.server(request);
        }

        @Override
        public ClientAuth client(ClientAuthRequest request) {
            ClientAuth machine = watched.client(request);
            work.add("begin " + plugin());
            return new ClientAuth() {
                @Override
                public @Nullable String plugin() {
                    return machine.plugin();
                }

                @Override
                public byte @Nullable [] switchData() {
                    return machine.switchData();
                }

                @Override
                public AuthStep onResponse(byte[] response) {
                    work.add("response " + response.length);
                    return noted(machine.onResponse(response));
                }
            };
        }

        private AuthStep noted(AuthStep step) {
            work.add(step.getClass().getSimpleName());
            return step instanceof AuthStep.InBackground background
                    ? new AuthStep.InBackground(() -> noted(background.task().call()))
                    : step;
        }
    }
}
