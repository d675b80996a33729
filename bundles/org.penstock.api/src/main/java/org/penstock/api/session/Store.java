package org.penstock.api.session;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.AnyThread;

/** State of a configured instance that outlives its generations, kept by the core in memory. Holds values of JDK classes only. */
@ProviderType
@AnyThread
public interface Store {
    /** Most keys of one store. */
    int MAX_KEYS = 1024;

    /** The counter of that key, made on first use; shown by {@code show}. */
    LongAdder counter(String key);

    /**
     * The value of that key, made on first use.
     *
     * @throws IllegalArgumentException when the value's class is not one of the JDK
     * @throws IllegalStateException beyond {@link #MAX_KEYS}
     * @throws ClassCastException when another type is kept there
     */
    <T> T get(String key, Class<T> type, Supplier<T> initial);
}
