package org.penstock.launcher;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.penstock.launcher.feature.FeatureBundle;

/**
 * What does not resolve, and what it misses.
 *
 * <p>The framework tells its reasons only to who starts a bundle within the active start level, so each unresolved
 * bundle is brought there and started: that cannot succeed.
 */
final class ResolveReport {
    private final Map<Bundle, FeatureBundle> bundles;

    ResolveReport(Map<Bundle, FeatureBundle> bundles) {
        this.bundles = bundles;
    }

    String text() {
        StringBuilder text = new StringBuilder("these bundles do not resolve, nothing was started:");
        for (Bundle bundle : unresolved()) {
            FeatureBundle feature = bundles.get(bundle);
            text.append("\n  ").append(bundle.getSymbolicName()).append(' ').append(bundle.getVersion());
            if (feature != null) {
                text.append(" (").append(feature.feature()).append(')');
            }
            text.append(": ").append(reason(bundle));
        }
        return text.toString();
    }

    private List<Bundle> unresolved() {
        return bundles.keySet().stream()
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .sorted(Comparator.comparing(Bundle::getBundleId))
                .toList();
    }

    private static String reason(Bundle bundle) {
        if (Boot.isFragment(bundle)) {
            return "a fragment whose host " + bundle.getHeaders().get("Fragment-Host") + " is missing or unresolved";
        }
        try {
            bundle.adapt(BundleStartLevel.class).setStartLevel(1);
            bundle.start(Bundle.START_TRANSIENT);
            return "resolved only when it was tried alone";
        } catch (BundleException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
