package org.penstock.core.service;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.AnyThread;

/** The clients of a service that wait for a place, in the order in which they came. */
@AnyThread
final class WaitingClients {
    private final Set<Service.Waiter> waiting = new LinkedHashSet<>();
    private volatile int size;

    /** Adds one at the end, unless so many wait already. */
    synchronized boolean tryAdd(Service.Waiter waiter, int most) {
        if (waiting.size() >= most) {
            return false;
        }
        waiting.add(waiter);
        size = waiting.size();
        return true;
    }

    /** Takes the first out, or null. */
    synchronized Service.@Nullable Waiter poll() {
        var each = waiting.iterator();
        if (!each.hasNext()) {
            return null;
        }
        Service.Waiter first = each.next();
        each.remove();
        size = waiting.size();
        return first;
    }

    synchronized boolean remove(Service.Waiter waiter) {
        boolean removed = waiting.remove(waiter);
        size = waiting.size();
        return removed;
    }

    int size() {
        return size;
    }
}
