package org.penstock.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.penstock.api.session.Store;

/** A store that refuses what the core's refuses. */
public final class FakeStore implements Store {
    private final Map<String, LongAdder> counters = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    @Override
    public LongAdder counter(String key) {
        return counters.computeIfAbsent(key, name -> new LongAdder());
    }

    @Override
    public <T> T get(String key, Class<T> type, Supplier<T> initial) {
        Object value = values.get(key);
        if (value == null) {
            if (values.size() >= MAX_KEYS) {
                throw new IllegalStateException("store: expected at most " + MAX_KEYS + " keys");
            }
            T made = initial.get();
            if (made.getClass().getClassLoader() != null) {
                throw new IllegalArgumentException("store: " + made.getClass() + " is not a class of the JDK");
            }
            values.put(key, made);
            return made;
        }
        return type.cast(value);
    }
}
