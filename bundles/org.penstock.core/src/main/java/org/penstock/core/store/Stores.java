package org.penstock.core.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.session.Store;

/** The stores of all configured instances, by kind and name. A store lives until its section is removed. */
@Component(service = Stores.class)
@AnyThread
public final class Stores {
    private record Key(ObjectKind kind, String name) {}

    private final Map<Key, KeptStore> stores = new ConcurrentHashMap<>();

    /** The store of that instance, made on first use. */
    public Store store(ObjectKind kind, String name) {
        return stores.computeIfAbsent(new Key(kind, name), key -> new KeptStore(kind.word() + " '" + name + "'"));
    }

    /** Values of the counters of an instance, by key; none when it has no store. */
    public Map<String, Long> counters(ObjectKind kind, String name) {
        KeptStore store = stores.get(new Key(kind, name));
        return store == null ? Map.of() : store.counters();
    }

    /** Forgets the store of an instance that exists no longer. */
    public void remove(ObjectKind kind, String name) {
        stores.remove(new Key(kind, name));
    }
}
