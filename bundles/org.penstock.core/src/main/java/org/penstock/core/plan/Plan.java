package org.penstock.core.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.filter.Filter;
import org.penstock.api.router.Router;

/**
 * A service's list of named slots with their generations: filters in order, then the router. Immutable.
 *
 * @param service configured name
 * @param number grows with every plan of the process
 * @param filters slots in order
 * @param router the last slot
 * @param moduleWait how long a session waits for an empty slot
 */
public record Plan(String service, long number, List<Slot<Filter>> filters, Slot<Router> router, Duration moduleWait) {
    public Plan {
        filters = List.copyOf(filters);
    }

    /**
     * A place in the plan.
     *
     * @param name configured name of the filter, or of the service for its router
     * @param generation who serves, or null when nobody does
     */
    public record Slot<M>(String name, @Nullable Generation<M> generation) {}

    /** What an empty slot is called, or null when there is none. */
    public @Nullable String missing() {
        for (Slot<Filter> slot : filters) {
            if (slot.generation() == null) {
                return "filter '" + slot.name() + "'";
            }
        }
        return router.generation() == null ? "router of service '" + router.name() + "'" : null;
    }

    /** Whether another plan has the same generations in the same slots. */
    public boolean sameAs(Plan other) {
        return filters.equals(other.filters) && router.equals(other.router) && moduleWait.equals(other.moduleWait);
    }
}
