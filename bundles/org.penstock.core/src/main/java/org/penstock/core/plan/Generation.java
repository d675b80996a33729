package org.penstock.core.plan;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * One instance behind a configured name.
 *
 * @param <M> the module's interface
 */
public final class Generation<M> {
    /** Where a generation stands. Changed on the plan thread only. */
    public enum State {
        BOUND,
        STARTED,
        REFUSED,
        RETIRING,
        STOPPED
    }

    private final ModuleId id;
    private final M module;
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile State state = State.BOUND;
    private volatile @Nullable String refusal;

    public Generation(ModuleId id, M module) {
        this.id = id;
        this.module = module;
    }

    /**
     * What tells generations apart.
     *
     * @param kind {@code filter}, {@code router}, {@code monitor}
     * @param name configured name
     * @param module module name, such as {@code qlafilter}
     * @param version of the bundle
     * @param revision of the configuration
     * @param serviceId OSGi service.id
     * @param bundleId OSGi bundle id
     */
    public record ModuleId(
            String kind, String name, String module, Version version, int revision, long serviceId, long bundleId)
            implements Comparable<ModuleId> {
        /** Higher is preferred: the newest version, then the newest revision, then the younger service. */
        @Override
        public int compareTo(ModuleId other) {
            int byVersion = version.compareTo(other.version);
            if (byVersion != 0) {
                return byVersion;
            }
            int byRevision = Integer.compare(revision, other.revision);
            return byRevision != 0 ? byRevision : Long.compare(serviceId, other.serviceId);
        }

        @Override
        public String toString() {
            return kind + " '" + name + "' (" + module + " " + version + ", revision " + revision + ")";
        }
    }

    public ModuleId id() {
        return id;
    }

    public M module() {
        return module;
    }

    public State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    void refused(String reason) {
        refusal = reason;
        state = State.REFUSED;
    }

    public String refusal() {
        String reason = refusal;
        return reason == null ? "" : reason;
    }

    /** Sessions that have a part of this generation. */
    public int sessions() {
        return sessions.get();
    }

    /**
     * Takes one more session, unless the generation is leaving: a plan that names it may reach a session late, when its bundle has stopped. Counts before it looks, so
     * that whoever retires the generation and then finds no session may rely on it.
     */
    public boolean enter() {
        sessions.incrementAndGet();
        State now = state;
        if (now == State.RETIRING || now == State.STOPPED) {
            sessions.decrementAndGet();
            return false;
        }
        return true;
    }

    public void left() {
        sessions.decrementAndGet();
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
