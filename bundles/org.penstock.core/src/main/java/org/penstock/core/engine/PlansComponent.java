package org.penstock.core.engine;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.EventHook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.server.ServerStatus;
import org.penstock.core.net.NettySession;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.ModuleBinder;
import org.penstock.core.plan.Plan;
import org.penstock.core.plan.Plans;
import org.penstock.core.plan.StoppingHook;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerListener;
import org.penstock.core.server.Servers;
import org.penstock.core.service.Service;
import org.penstock.core.service.ServiceListener;
import org.penstock.core.service.ServiceSettings;
import org.penstock.core.service.Services;
import org.penstock.core.store.DefaultModuleContext;
import org.penstock.core.store.LogSinks;
import org.penstock.core.store.Stores;

/** Keeps the plans up with modules and services, and tells every loop of each new plan and of each server that changed. */
@Component(service = PlansComponent.class, immediate = true)
@AnyThread
public final class PlansComponent {
    private final Plans plans;
    private final ModuleBinder binder;
    private final ModuleBinder.Listener onModules = new OnModules();
    private final ReactorComponent reactor;
    private final Servers servers;
    private final Services services;
    private final ServerListener onServers = new OnServers();
    private final ServiceListener onServices = new OnServices();
    private final StoppingHook hook;
    private final ServiceRegistration<EventHook> registration;

    @Activate
    public PlansComponent(
            BundleContext context,
            @Reference ModuleBinder binder,
            @Reference ReactorComponent reactor,
            @Reference Servers servers,
            @Reference Services services,
            @Reference Stores stores,
            @Reference LogSinks sinks) {
        this.reactor = reactor;
        this.servers = servers;
        this.services = services;
        this.plans = new Plans(
                generation -> new DefaultModuleContext(
                        kindOf(generation), generation.id().name(), stores, sinks),
                this::publish);
        this.hook = new StoppingHook(binder, plans);
        this.registration = context.registerService(EventHook.class, hook, null);
        this.binder = binder;
        binder.listen(onModules);
        services.listen(onServices);
        servers.listen(onServers);
    }

    /** A router is its service's: it goes by the service's name. */
    static ObjectKind kindOf(Generation<?> generation) {
        String kind = generation.id().kind();
        return kind.equals("router") ? ObjectKind.SERVICE : ObjectKind.named(kind);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        binder.forget(onModules);
        services.forget(onServices);
        servers.forget(onServers);
        plans.close();
    }

    public Plans plans() {
        return plans;
    }

    /** Bundles stop without delay from now on. */
    void shuttingDown() {
        hook.shuttingDown();
    }

    private void publish(Plan plan) {
        reactor.reactor().loops().onEach(loop -> {
            for (NettySession session : loop.sessions()) {
                if (session.frontend().service().name().equals(plan.service())) {
                    session.handle(() -> session.machine().planPublished(plan));
                }
            }
        });
    }

    private final class OnModules implements ModuleBinder.Listener {
        @Override
        public void bound(Generation<?> generation) {
            if (!generation.id().kind().equals("monitor")) {
                plans.bound(generation);
            }
        }

        @Override
        public void unbound(Generation<?> generation) {
            if (!generation.id().kind().equals("monitor")) {
                plans.unbound(generation);
            }
        }
    }

    private final class OnServices implements ServiceListener {
        @Override
        public void added(Service service) {
            plans.service(service.settings());
        }

        @Override
        public void removed(Service service) {
            plans.serviceRemoved(service.name());
        }

        @Override
        public void modified(Service service, ServiceSettings before) {
            plans.service(service.settings());
        }
    }

    private final class OnServers implements ServerListener {
        @Override
        public void removed(Server server) {
            reactor.reactor().tls().forget(server.name());
        }

        @Override
        public void statusChanged(Server server, int before, int after) {
            boolean down = ServerStatus.RUNNING.in(before) && !ServerStatus.RUNNING.in(after);
            reactor.reactor().loops().onEach(loop -> {
                for (NettySession session : loop.sessions()) {
                    session.handle(() -> {
                        if (down) {
                            session.serverDown(server);
                        }
                        session.machine().serversChanged();
                    });
                }
            });
        }
    }
}
