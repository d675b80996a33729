package org.penstock.core.store;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.session.Store;

/** The store of one configured name; guarded by itself. */
@AnyThread
final class KeptStore implements Store {
    private final String name;
    private final Map<String, Object> values = new HashMap<>();

    KeptStore(String name) {
        this.name = name;
    }

    @Override
    public LongAdder counter(String key) {
        return get(key, LongAdder.class, LongAdder::new);
    }

    @Override
    public synchronized <T> T get(String key, Class<T> type, Supplier<T> initial) {
        Object kept = values.get(key);
        if (kept == null) {
            kept = checked(key, initial.get());
            values.put(key, kept);
        }
        if (!type.isInstance(kept)) {
            throw new ClassCastException("store of " + name + ": '" + key + "' holds a "
                    + kept.getClass().getName() + ", not a " + type.getName());
        }
        return type.cast(kept);
    }

    /** Values of all counters, by key. */
    synchronized Map<String, Long> counters() {
        Map<String, Long> counters = new TreeMap<>();
        values.forEach((key, value) -> {
            if (value instanceof LongAdder counter) {
                counters.put(key, counter.sum());
            }
        });
        return counters;
    }

    private Object checked(String key, Object value) {
        Class<?> type = value.getClass();
        while (type.isArray()) {
            type = type.getComponentType();
        }
        ClassLoader loader = type.getClassLoader();
        if (loader != null && loader != ClassLoader.getPlatformClassLoader()) {
            throw new IllegalArgumentException("store of " + name + ": '" + key + "': expected a class of the JDK, got "
                    + type.getName() + ", which would keep a retired module in memory");
        }
        if (values.size() >= MAX_KEYS) {
            throw new IllegalStateException("store of " + name + ": more than " + MAX_KEYS + " keys");
        }
        return value;
    }
}
