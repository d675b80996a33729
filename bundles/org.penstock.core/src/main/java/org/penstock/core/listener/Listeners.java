package org.penstock.core.listener;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.annotation.AnyThread;

/** All configured listeners by name. */
@Component(service = Listeners.class)
@AnyThread
public final class Listeners {
    private final Map<String, Listener> byName = new ConcurrentHashMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    void add(Listener listener) {
        byName.put(listener.name(), listener);
        changed();
    }

    void remove(Listener listener) {
        byName.remove(listener.name(), listener);
        changed();
    }

    void changed() {
        watchers.forEach(Runnable::run);
    }

    /** Runs after each change of a listener; must be quick. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
        watcher.run();
    }

    public void forget(Runnable watcher) {
        watchers.remove(watcher);
    }

    /** All listeners, by name. */
    public List<Listener> all() {
        return List.copyOf(new TreeMap<>(byName).values());
    }
}
