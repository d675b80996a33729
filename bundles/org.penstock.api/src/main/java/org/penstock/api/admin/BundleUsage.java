package org.penstock.api.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.AnyThread;

/** Who runs the code of a bundle, by the core; what an upgrade waits for before it stops the old version. */
@ProviderType
@AnyThread
public interface BundleUsage {
    /**
     * The part of one bundle.
     *
     * @param sessions sessions that still use an instance of it
     * @param serving configured modules, such as {@code filter 'log'}, whose instance for new sessions is the bundle's
     * @param refused configured modules that did not start with this bundle, each with the reason
     */
    record Usage(int sessions, List<String> serving, List<String> refused) {
        public Usage {
            serving = List.copyOf(serving);
            refused = List.copyOf(refused);
        }

        /** True when the bundle can be stopped and nobody notices. */
        public boolean idle() {
            return sessions == 0 && serving.isEmpty();
        }
    }

    /** What a bundle is used for now; of an unknown one, nothing. */
    Usage usage(long bundleId);
}
