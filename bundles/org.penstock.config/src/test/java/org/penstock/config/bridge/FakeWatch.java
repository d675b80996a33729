package org.penstock.config.bridge;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A core that accepts everything but what it is told to refuse, and whose sessions leave old revisions when told. */
final class FakeWatch implements Watch {
    /** Causes by object, such as {@code filter 'Q'}. */
    final Map<String, String> refusedByConstructor = new HashMap<>();

    final Map<String, String> refusedByCore = new HashMap<>();
    final Set<String> late = new HashSet<>();
    final Set<String> absent = new HashSet<>();

    /** Revisions that still have sessions, such as {@code filter 'Q' revision 1}. */
    final Map<String, CompletableFuture<Boolean>> draining = new LinkedHashMap<>();

    @Override
    public Verdict activated(Applied module, Duration limit) {
        String id = module.id().toString();
        return refusedByConstructor.containsKey(id)
                ? Verdict.refused(refusedByConstructor.getOrDefault(id, ""))
                : late.contains(id) ? Verdict.LATE : Verdict.READY;
    }

    @Override
    public Verdict serving(Applied module, Duration limit) {
        String cause = refusedByCore.get(module.id().toString());
        return cause == null ? Verdict.READY : Verdict.refused(cause);
    }

    @Override
    public Verdict settled(Applied object, Duration limit) {
        return activated(object, limit);
    }

    @Override
    public boolean present(Applied module) {
        return !absent.contains(module.id().toString());
    }

    @Override
    public CompletionStage<?> drained(Applied module, Duration limit) {
        CompletableFuture<Boolean> drained = new CompletableFuture<>();
        draining.put(module.toString(), drained);
        return drained;
    }

    void leave(String revision) {
        CompletableFuture<Boolean> drained = draining.remove(revision);
        if (drained == null) {
            throw new AssertionError(revision + " is not drained; only " + draining.keySet());
        }
        drained.complete(true);
    }
}
