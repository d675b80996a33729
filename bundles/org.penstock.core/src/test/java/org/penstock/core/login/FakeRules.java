package org.penstock.core.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.CheckedBy;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.SqlError;
import org.penstock.api.session.Store;
import org.penstock.core.store.Stores;

/** A service's rules for tests of logins; its authenticator answers from a script. */
final class FakeRules implements PlainRules, Authenticator {
    static final Account ANNA = new Account("anna", "%", "p", "", true, Set.of());

    final List<String> asked = new ArrayList<>();
    final CompletableFuture<Void> reload = new CompletableFuture<>();

    /** The look-up of the client's name; null where none is needed. */
    @Nullable
    CompletableFuture<Void> name;

    @Nullable
    Account account = ANNA;

    @Nullable
    SqlError host;

    @Nullable
    SqlError database;

    @Nullable
    Account standIn;

    @Nullable
    MappedUser mapped;

    @Nullable
    SqlError blocked;

    final List<String> ends = new ArrayList<>();

    @Nullable
    String machinePlugin;

    boolean skips;
    boolean servers = true;
    CheckedBy checkedBy = CheckedBy.AUTHENTICATOR;
    boolean reloads = true;
    boolean installed = true;
    Function<byte[], AuthStep> script = response -> new AuthStep.Reject("no script");

    @Override
    public @Nullable Account account(String user, String address) {
        return account;
    }

    @Override
    public boolean skipsAuthentication() {
        return skips;
    }

    @Override
    public @Nullable SqlError blocked(String address) {
        return blocked;
    }

    @Override
    public void ended(String user, String address, @Nullable SqlError error) {
        ends.add(user + "@" + address + " " + (error == null ? "accepted" : error.code()));
    }

    @Override
    public @Nullable SqlError hostRefused(String address) {
        return host;
    }

    @Override
    public @Nullable SqlError databaseRefused(Account admitted, String name, String address) {
        return database;
    }

    @Override
    public SqlError denied(String user, String address, boolean password) {
        return new SqlError(1045, "28000", "Access denied for user '" + user + "' " + (password ? "YES" : "NO"));
    }

    @Override
    public @Nullable Authenticator authenticator(@Nullable String accountPlugin) {
        return installed ? this : null;
    }

    @Override
    public @Nullable CompletionStage<?> named(String user, String address) {
        return name == null || name.isDone() ? null : name;
    }

    @Override
    public @Nullable CompletionStage<?> refresh(String user, String address) {
        asked.add("refresh");
        return reloads ? reload : null;
    }

    @Override
    public boolean hasServers() {
        return servers;
    }

    @Override
    public CheckedBy checkedBy() {
        return checkedBy;
    }

    @Override
    public String plugin() {
        return "p";
    }

    @Override
    public Set<String> accountPlugins() {
        return Set.of("p");
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        asked.add("client " + (request.account() == null ? "unknown" : request.account()));
        return new ClientAuth() {
            private byte[] last = new byte[0];

            @Override
            public @Nullable String plugin() {
                return machinePlugin;
            }

            @Override
            public AuthStep onResponse(byte[] response) {
                last = response;
                return script.apply(response);
            }

            @Override
            public AuthStep onAccount(Account fresh) {
                asked.add("again " + fresh);
                return script.apply(last);
            }
        };
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Account standIn(String user) {
        return standIn;
    }

    @Override
    public void mismatched(Account tried, String address) {
        asked.add("mismatched " + tried);
    }

    @Override
    public @Nullable MappedUser mapped(String user) {
        return mapped;
    }

    @Override
    public Store store() {
        return new Stores().store(ObjectKind.SERVICE, "s");
    }
}
