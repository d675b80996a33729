package org.penstock.config.bridge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.penstock.config.check.ConfiguredObject;
import org.penstock.config.schema.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries differences out: a changed module becomes a new revision beside the old one, everything else changes in place. When one new revision is refused, nothing of
 * the whole difference stays.
 */
final class Applier {
    /** How long a module may take until its constructor has returned. */
    static final Duration ACTIVATION_LIMIT = Duration.ofSeconds(10);

    /** How long the core may take until it has decided about a revision. */
    static final Duration DECISION_LIMIT = Duration.ofSeconds(15);

    /** How long the core's component may take until it has seen a change. */
    static final Duration SETTLE_LIMIT = Duration.ofSeconds(2);

    /** How long sessions may keep an old revision. */
    static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    private final ConfigurationStore store;
    private final Watch watch;
    private final Executor thread;
    private final Map<ConfiguredObject.Id, Applied> current = new LinkedHashMap<>();
    private final Map<ConfiguredObject.Id, Integer> revisions = new HashMap<>();

    /** A refused difference; nothing of it stays. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Map<ConfiguredObject.Id, String> causes;

        RefusedException(Map<ConfiguredObject.Id, String> causes) {
            super(String.join(
                    "\n",
                    causes.entrySet().stream()
                            .map(entry -> entry.getKey() + " is refused: " + entry.getValue())
                            .toList()));
            this.causes = causes;
        }

        Map<ConfiguredObject.Id, String> causes() {
            return causes;
        }
    }

    /**
     * @param thread the one that everything here runs on
     */
    Applier(ConfigurationStore store, Watch watch, Executor thread) {
        this.store = store;
        this.watch = watch;
        this.thread = thread;
        for (Applied left : store.existing()) {
            Applied other = current.get(left.id());
            boolean newer = other == null || other.revision() < left.revision();
            if (other != null) {
                store.delete(newer ? other : left);
            }
            if (newer) {
                current.put(left.id(), left);
            }
            revisions.merge(left.id(), left.revision(), Math::max);
        }
    }

    Map<ConfiguredObject.Id, Applied> current() {
        return Collections.unmodifiableMap(current);
    }

    /**
     * Writes a whole configuration at the start, before the core serves anything.
     *
     * @throws RefusedException naming every object that is refused
     */
    void load(Difference difference) {
        List<Applied> written = new ArrayList<>();
        for (boolean modules : new boolean[] {false, true}) {
            for (ConfiguredObject object : difference.added()) {
                if (object.kind().module() == modules) {
                    written.add(put(object));
                }
            }
        }
        difference.changed().forEach(change -> written.add(replace(change)));
        difference.removed().forEach(this::drop);
        Map<ConfiguredObject.Id, String> causes = new LinkedHashMap<>();
        long end = System.nanoTime() + ACTIVATION_LIMIT.toNanos();
        for (Applied applied : written) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            Watch.Verdict verdict = applied.object().kind().module()
                    ? watch.activated(applied, left)
                    : watch.settled(applied, left.compareTo(SETTLE_LIMIT) < 0 ? left : SETTLE_LIMIT);
            if (verdict.state() == Watch.State.REFUSED) {
                causes.put(applied.id(), verdict.cause());
            } else if (verdict.state() == Watch.State.LATE) {
                LOG.warn("{} is not active yet; it is waited for", applied.id());
            }
        }
        if (!causes.isEmpty()) {
            throw new RefusedException(causes);
        }
    }

    private Applied replace(Difference.Change change) {
        Applied applied = put(change.after());
        if (change.after().kind().module()) {
            store.delete(change.before());
        }
        return applied;
    }

    /**
     * Carries out a difference while the core serves. Returns when the new revisions serve; the old ones leave later.
     *
     * @throws RefusedException when an object is refused; then nothing has changed
     */
    void apply(Difference difference) {
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            change(difference, undo, kind -> kind == Kind.GLOBAL || kind == Kind.SERVER);
            change(difference, undo, Kind::module);
            change(difference, undo, kind -> kind == Kind.SERVICE);
            change(difference, undo, kind -> kind == Kind.LISTENER);
        } catch (RuntimeException e) {
            undo.forEach(Runnable::run);
            throw e;
        }
        for (Difference.Change change : difference.changed()) {
            if (change.after().kind().module()) {
                retire(change.before());
            }
        }
        for (Kind kind : List.of(
                Kind.LISTENER, Kind.SERVICE, Kind.ROUTER, Kind.FILTER, Kind.MONITOR, Kind.SERVER, Kind.GLOBAL)) {
            for (Applied gone : difference.removed()) {
                if (gone.object().kind() == kind) {
                    remove(gone);
                }
            }
        }
    }

    /** Writes the objects of some kinds and waits for them; {@code undo} then takes them back, last first. */
    private void change(Difference difference, Deque<Runnable> undo, Predicate<Kind> kinds) {
        List<Applied> written = new ArrayList<>();
        Map<ConfiguredObject.Id, Applied> before = new HashMap<>();
        for (ConfiguredObject object : difference.added()) {
            if (kinds.test(object.kind())) {
                Applied applied = put(object);
                undo.push(() -> drop(applied));
                written.add(applied);
            }
        }
        for (Difference.Change change : difference.changed()) {
            if (kinds.test(change.after().kind())) {
                Applied applied = put(change.after());
                undo.push(() -> takeBack(applied, change.before()));
                before.put(applied.id(), change.before());
                written.add(applied);
            }
        }
        Map<ConfiguredObject.Id, String> causes = new LinkedHashMap<>();
        for (Applied applied : written) {
            Watch.Verdict verdict = verdict(applied, before.get(applied.id()));
            if (verdict.state() == Watch.State.REFUSED) {
                causes.put(applied.id(), verdict.cause());
            } else if (verdict.state() == Watch.State.LATE) {
                LOG.warn("{} is not active yet; it is waited for", applied.id());
            }
        }
        if (!causes.isEmpty()) {
            throw new RefusedException(causes);
        }
    }

    private Watch.Verdict verdict(Applied applied, @Nullable Applied before) {
        if (!applied.object().kind().module()) {
            return watch.settled(applied, SETTLE_LIMIT);
        }
        Watch.Verdict verdict = watch.activated(applied, ACTIVATION_LIMIT);
        if (verdict.state() == Watch.State.READY) {
            verdict = watch.serving(applied, DECISION_LIMIT);
        }
        boolean stuck = verdict.state() == Watch.State.LATE && before != null && watch.present(before);
        return stuck ? Watch.Verdict.refused("it did not become active in time") : verdict;
    }

    private Applied put(ConfiguredObject object) {
        int revision = revisions.merge(object.id(), 1, Integer::sum);
        Applied applied = new Applied(object, revision);
        store.put(applied);
        current.put(object.id(), applied);
        return applied;
    }

    /** Takes a new object away again. */
    private void drop(Applied applied) {
        store.delete(applied);
        current.remove(applied.id());
    }

    /** Takes a change back: a module's old revision is still there, everything else gets its old configuration again. */
    private void takeBack(Applied applied, Applied before) {
        if (applied.object().kind().module()) {
            store.delete(applied);
            current.put(before.id(), before);
        } else {
            put(before.object());
        }
    }

    private void remove(Applied applied) {
        current.remove(applied.id());
        if (applied.object().kind().module()) {
            retire(applied);
        } else {
            store.delete(applied);
        }
    }

    /** Deletes an old revision's configuration once its sessions have left it. */
    private void retire(Applied old) {
        watch.drained(old, DRAIN_LIMIT)
                .whenCompleteAsync(
                        (drained, failure) -> {
                            store.delete(old);
                            LOG.info("{} has left", old);
                        },
                        thread);
    }
}
