package org.penstock.core.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.Store;
import org.penstock.core.account.LoginErrors;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.login.LoginRules;
import org.penstock.core.net.Frontend;
import org.penstock.core.plan.Plan;
import org.penstock.core.server.Server;
import org.penstock.core.service.Service;
import org.penstock.core.session.CollectBudget;

/** A service as its clients' connections need it, put together from the registries. */
final class ServiceFront implements Frontend {
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
    public LoginRules rules(LoginPolicy policy) {
        return new ServiceRules(all, service, policy);
    }

    @Override
    public Greeting greeting(long connectionId, byte[] seed) {
        return all.greetings().greeting(this, connectionId, seed);
    }

    @Override
    public @Nullable ServerAuth serverAuth(String plugin, ServerAuthRequest request) {
        Authenticator authenticator = all.binder().authenticator(plugin);
        return authenticator == null ? null : authenticator.server(request);
    }

    @Override
    public Store store() {
        return all.stores().store(ObjectKind.SERVICE, service.name());
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
        all.rooms().changed(service.name());
    }

    @Override
    public @Nullable Frontend other(String name) {
        return all.find(name);
    }
}
