package org.penstock.core.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.server.ServerView;
import org.penstock.core.account.AccountRooms;
import org.penstock.core.global.Global;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.net.Frontend;
import org.penstock.core.plan.ModuleBinder;
import org.penstock.core.server.Server;
import org.penstock.core.server.Servers;
import org.penstock.core.service.Service;
import org.penstock.core.service.ServiceListener;
import org.penstock.core.service.ServiceSettings;
import org.penstock.core.service.Services;
import org.penstock.core.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The front ends of all services by name. */
@Component(service = Frontends.class)
@AnyThread
public final class Frontends {
    private static final Logger LOG = LoggerFactory.getLogger(Frontends.class);

    private final Map<String, ServiceFront> fronts = new ConcurrentHashMap<>();
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
    private final ServiceListener onServices = new OnServices();
    private final Services services;
    private final Servers servers;
    private final Global global;
    private final ModuleBinder binder;
    private final PlansComponent plans;
    private final ReactorComponent reactor;
    private final AccountRooms rooms;
    private final Stores stores;
    private final Greetings greetings;

    @Activate
    public Frontends(
            @Reference Services services,
            @Reference Servers servers,
            @Reference Global global,
            @Reference ModuleBinder binder,
            @Reference PlansComponent plans,
            @Reference ReactorComponent reactor,
            @Reference AccountRooms rooms,
            @Reference Stores stores) {
        this.services = services;
        this.servers = servers;
        this.global = global;
        this.binder = binder;
        this.plans = plans;
        this.reactor = reactor;
        this.rooms = rooms;
        this.stores = stores;
        this.greetings = new Greetings(global.cache());
        services.listen(onServices);
    }

    @Deactivate
    void deactivate() {
        services.forget(onServices);
        greetings.save(servers.all());
    }

    public @Nullable Frontend find(String service) {
        return fronts.get(service);
    }

    /** Is told the name of each service that comes or goes; must be quick. */
    public void watch(Consumer<String> watcher) {
        watchers.add(watcher);
    }

    public void forget(Consumer<String> watcher) {
        watchers.remove(watcher);
    }

    private void changed(String service) {
        watchers.forEach(watcher -> watcher.accept(service));
    }

    /** Warns of options that neither the core nor any authenticator knows. */
    public void checkOptions(String listener, LoginPolicy policy) {
        Set<String> known = binder.authenticatorOptions();
        known.addAll(LoginPolicy.OPTIONS);
        for (String option : policy.options().keySet()) {
            if (!known.contains(option)) {
                LOG.warn(
                        "Listener '{}': authenticator_options: nothing reads '{}'; known are {}",
                        listener,
                        option,
                        String.join(", ", known));
            }
        }
    }

    Servers servers() {
        return servers;
    }

    ModuleBinder binder() {
        return binder;
    }

    PlansComponent plans() {
        return plans;
    }

    ReactorComponent reactor() {
        return reactor;
    }

    AccountRooms rooms() {
        return rooms;
    }

    Stores stores() {
        return stores;
    }

    Greetings greetings() {
        return greetings;
    }

    long connectTimeoutMillis() {
        return global.settings().accounts().connectTimeout().toMillis();
    }

    List<ServerView> serversOf(Service service) {
        ServiceSettings settings = service.settings();
        List<Server> found = settings.cluster().isEmpty()
                ? servers.existing(settings.servers())
                : servers.watchedBy(settings.cluster());
        return List.copyOf(found);
    }

    private final class OnServices implements ServiceListener {
        @Override
        public void added(Service service) {
            fronts.put(service.name(), new ServiceFront(Frontends.this, service));
            changed(service.name());
        }

        @Override
        public void removed(Service service) {
            fronts.remove(service.name());
            changed(service.name());
        }
    }
}
