package org.penstock.launcher;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.penstock.launcher.feature.FeatureBundle;

/**
 * The bundles that should run and do not.
 *
 * <p>Their state says which; an event says why. The framework delivers events on a thread of its own, also after it has told
 * that the start level is reached, so a reason is waited for.
 */
final class StartFailures implements FrameworkListener {
    private static final Duration WAIT_FOR_REASON = Duration.ofSeconds(2);

    private final Map<Bundle, FeatureBundle> bundles;
    private final Map<Bundle, String> reasons = new HashMap<>();

    StartFailures(Map<Bundle, FeatureBundle> bundles) {
        this.bundles = bundles;
    }

    @Override
    public synchronized void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() instanceof BundleException e) {
            reasons.put(event.getBundle(), Boot.reason(e));
            notifyAll();
        }
    }

    /** One line per bundle; empty when all run. Not for the thread that delivers events. */
    synchronized Optional<String> report() {
        List<Bundle> idle = idle();
        if (idle.isEmpty()) {
            return Optional.empty();
        }
        awaitReasons(idle);
        StringBuilder text = new StringBuilder("these bundles do not start:");
        for (Bundle bundle : idle) {
            FeatureBundle feature = bundles.get(bundle);
            text.append("\n  ").append(bundle.getSymbolicName());
            if (feature != null) {
                text.append(" (").append(feature.feature()).append(')');
            }
            text.append(": ").append(reasons.getOrDefault(bundle, "the framework gives no reason"));
        }
        return Optional.of(text.toString());
    }

    /** A bundle with lazy activation stays in STARTING until a class of it is used. */
    private List<Bundle> idle() {
        return bundles.keySet().stream()
                .filter(bundle -> !Boot.isFragment(bundle))
                .filter(bundle -> (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0)
                .sorted(Comparator.comparing(Bundle::getBundleId))
                .toList();
    }

    private void awaitReasons(List<Bundle> idle) {
        long deadline = System.nanoTime() + WAIT_FOR_REASON.toNanos();
        long left = WAIT_FOR_REASON.toMillis();
        try {
            while (left > 0 && !reasons.keySet().containsAll(idle)) {
                wait(left);
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
