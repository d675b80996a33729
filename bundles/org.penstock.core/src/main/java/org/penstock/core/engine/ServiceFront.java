package org.penstock.core.engine;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.server.ServerView;
import org.penstock.core.account.AccountChecks;
import org.penstock.core.account.LoginErrors;
import org.penstock.core.login.LoginRules;
import org.penstock.core.net.Frontend;
import org.penstock.core.plan.Plan;
import org.penstock.core.server.Server;
import org.penstock.core.service.Service;
import org.penstock.core.session.CollectBudget;

/** A service as its clients' connections need it, put together from the registries. */
final class ServiceFront implements Frontend, LoginRules {
    private static final String DEFAULT_PLUGIN = "mysql_native_password";

    private final Frontends all;
    private final Service service;

    ServiceFront(Frontends all, Service service) {
        this.all = all;
        this.service = service;
    }

    @Override
    public Service service() {
        return service;
    }

    @Override
    public @Nullable Plan plan() {
        return all.plans().plans().current(service.name());
    }

    @Override
    public List<ServerView> servers() {
        return all.serversOf(service);
    }

    @Override
    public @Nullable Server server(String name) {
        return all.servers().find(name);
    }

    @Override
    public @Nullable Protocol protocol(String name) {
        return all.binder().protocol(name);
    }

    @Override
    public LoginRules rules() {
        return this;
    }

    @Override
    public Greeting greeting(long connectionId, byte[] seed) {
        return all.greetings().greeting(this, connectionId, seed);
    }

    @Override
    public @Nullable ServerAuth serverAuth(String plugin, Credential credential) {
        Authenticator authenticator = all.binder().authenticator(plugin);
        return authenticator == null ? null : authenticator.server(credential);
    }

    @Override
    public @Nullable SqlError admit() {
        return service.tryAdmitSession() ? null : LoginErrors.tooManyConnections();
    }

    @Override
    public CollectBudget budget() {
        return all.reactor().budget();
    }

    @Override
    public long connectTimeoutMillis() {
        return all.connectTimeoutMillis();
    }

    @Override
    public void accountsChanged() {
        all.rooms().changed();
    }

    @Override
    public @Nullable Frontend other(String name) {
        return all.find(name);
    }

    // -- rules of the login
    // --------------------------------------------------------------------------------------------

    @Override
    public @Nullable Account account(String user, String address) {
        return all.rooms().room(service.name()).match(user, address);
    }

    @Override
    public @Nullable SqlError hostRefused(String address) {
        return all.rooms().room(service.name()).hostAllowed(address) ? null : LoginErrors.hostNotAllowed(address);
    }

    @Override
    public @Nullable SqlError accountRefused(Account account, LoginRequest request, String address, boolean encrypted) {
        return AccountChecks.refusal(account, request, address, encrypted);
    }

    @Override
    public @Nullable SqlError databaseRefused(Account account, String database, String address) {
        return all.rooms().room(service.name()).databaseCheck(account, database, address);
    }

    @Override
    public SqlError denied(String user, String address, boolean password) {
        all.deniedLogin(service, user, address);
        return LoginErrors.accessDenied(user, address, password);
    }

    @Override
    public @Nullable Authenticator authenticator(@Nullable String accountPlugin) {
        return accountPlugin == null
                ? all.binder().authenticator(DEFAULT_PLUGIN)
                : all.binder().forAccounts(accountPlugin);
    }

    @Override
    public @Nullable CompletionStage<?> refresh(String user, String address) {
        return all.rooms().room(service.name()).refresh(user, address);
    }
}
