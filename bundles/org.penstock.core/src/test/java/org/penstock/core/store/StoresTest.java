package org.penstock.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.session.Store;

class StoresTest {
    private final Stores stores = new Stores();

    /** Stands for a class of a module. */
    private static final class Own {}

    @Test
    void shouldGiveEveryGenerationTheSame() {
        Store first = stores.store(ObjectKind.FILTER, "log");
        first.counter("lines").add(3);
        Store second = stores.store(ObjectKind.FILTER, "log");
        second.counter("lines").increment();
        assertThat(stores.counters(ObjectKind.FILTER, "log")).containsEntry("lines", 4L);
        assertThat(stores.counters(ObjectKind.SERVICE, "log")).isEmpty();
        stores.remove(ObjectKind.FILTER, "log");
        assertThat(stores.counters(ObjectKind.FILTER, "log")).isEmpty();
    }

    @Test
    void shouldMakeValueOnceOnly() {
        Store store = stores.store(ObjectKind.FILTER, "log");
        AtomicLong made = store.get("n", AtomicLong.class, () -> new AtomicLong(5));
        assertThat(store.get("n", AtomicLong.class, () -> new AtomicLong(6))).isSameAs(made);
        assertThat(store.counter("c")).isSameAs(store.get("c", LongAdder.class, LongAdder::new));
    }

    @Test
    void shouldRefuseOtherType() {
        Store store = stores.store(ObjectKind.FILTER, "log");
        store.counter("n");
        assertThatThrownBy(() -> store.get("n", AtomicLong.class, AtomicLong::new))
                .isInstanceOf(ClassCastException.class)
                .hasMessageContaining("filter 'log'")
                .hasMessageContaining("'n'");
    }

    @Test
    void shouldRefuseClassesOfModules() {
        Store store = stores.store(ObjectKind.FILTER, "log");
        assertThatThrownBy(() -> store.get("own", Own.class, Own::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class of the JDK");
        assertThatThrownBy(() -> store.get("own", Own[][].class, () -> new Own[0][]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.get("run", Runnable.class, () -> () -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat((Object) store.get("list", List.class, ArrayList::new)).isInstanceOf(ArrayList.class);
        assertThat((Object) store.get("map", ConcurrentHashMap.class, ConcurrentHashMap::new))
                .isInstanceOf(ConcurrentHashMap.class);
        assertThat(store.get("bytes", byte[].class, () -> new byte[2])).hasSize(2);
    }

    @Test
    void shouldBoundKeys() {
        Store store = stores.store(ObjectKind.FILTER, "log");
        for (int i = 0; i < Store.MAX_KEYS; i++) {
            store.counter("k" + i);
        }
        store.counter("k0").increment();
        assertThatThrownBy(() -> store.counter("more")).isInstanceOf(IllegalStateException.class);
    }
}
