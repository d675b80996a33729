package org.penstock.core.service;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.admin.AdminException;
import org.penstock.api.annotation.AnyThread;

/** All configured services by name. */
@Component(service = Services.class)
@AnyThread
public final class Services {
    private final Map<String, Service> byName = new ConcurrentHashMap<>();
    private final List<ServiceListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Adds a service.
     *
     * @throws IllegalStateException when the name is taken
     */
    public synchronized Service add(ServiceSettings settings) {
        Service service = new Service(settings);
        if (byName.putIfAbsent(service.name(), service) != null) {
            throw new IllegalStateException("service '" + service.name() + "': defined twice");
        }
        listeners.forEach(listener -> listener.added(service));
        return service;
    }

    /** Replaces the settings of a service in place. */
    public synchronized void modify(ServiceSettings settings) {
        Service service = get(settings.name());
        ServiceSettings before = service.settings();
        if (!before.equals(settings)) {
            service.settings(settings);
            listeners.forEach(listener -> listener.modified(service, before));
        }
    }

    public synchronized void remove(String name) {
        Service service = byName.remove(name);
        if (service != null) {
            listeners.forEach(listener -> listener.removed(service));
        }
    }

    public @Nullable Service find(String name) {
        return byName.get(name);
    }

    /**
     * The service of that name.
     *
     * @throws AdminException when there is none
     */
    public Service get(String name) {
        Service service = byName.get(name);
        if (service == null) {
            throw new AdminException("unknown service '" + name + "': expected one of "
                    + String.join(", ", new TreeMap<>(byName).keySet()));
        }
        return service;
    }

    /** All services, by name. */
    public List<Service> all() {
        return List.copyOf(new TreeMap<>(byName).values());
    }

    /** From now on tells of changes; first of all services that exist, as added. */
    public synchronized void listen(ServiceListener listener) {
        all().forEach(listener::added);
        listeners.add(listener);
    }

    public void forget(ServiceListener listener) {
        listeners.remove(listener);
    }
}
