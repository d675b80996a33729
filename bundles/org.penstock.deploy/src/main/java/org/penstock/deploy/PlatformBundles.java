package org.penstock.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.penstock.api.admin.AdminException;

/** The bundles that a restart upgrades and nothing else: a refresh of one would drop every session. */
final class PlatformBundles {
    private static final Set<String> NAMES = Set.of(
            "org.penstock.api",
            "org.penstock.core",
            "org.penstock.config",
            "org.penstock.wire",
            "org.penstock.sql",
            "org.penstock.deploy");
    private static final List<String> PREFIXES =
            List.of("io.netty.", "org.apache.felix.", "org.osgi.", "org.ops4j.pax.");

    private final BundleContext context;

    PlatformBundles(BundleContext context) {
        this.context = context;
    }

    static boolean contains(String name) {
        return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    static boolean contains(Bundle bundle) {
        String name = bundle.getSymbolicName();
        return bundle.getBundleId() == 0 || (name != null && contains(name));
    }

    /**
     * Everything that a refresh of the bundles would stop, themselves included.
     *
     * @throws AdminException if the platform is among it
     */
    Collection<Bundle> closure(Collection<Bundle> bundles) {
        if (bundles.isEmpty()) {
            return List.of();
        }
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        Collection<Bundle> closure = wiring.getDependencyClosure(bundles);
        List<String> reached = closure.stream()
                .filter(PlatformBundles::contains)
                .map(Bundle::getSymbolicName)
                .sorted()
                .toList();
        if (!reached.isEmpty()) {
            throw new AdminException("this would stop the platform and every session with it: "
                    + String.join(", ", reached) + "; the platform is upgraded by a restart");
        }
        return closure;
    }

    /**
     * Refuses a bundle that is part of the platform, or that brings a second version of a package that the platform offers.
     *
     * @throws AdminException with the package and its owner
     */
    void checkApart(String name, Collection<String> exports) {
        if (contains(name)) {
            throw new AdminException(name + " is part of the platform, which is upgraded by a restart");
        }
        for (Bundle bundle : context.getBundles()) {
            if (contains(bundle)) {
                for (String offered : packages(bundle)) {
                    if (exports.contains(offered)) {
                        throw new AdminException(name + " exports the package " + offered + ", which "
                                + bundle.getSymbolicName()
                                + " offers: a second version of it would part the modules from the core."
                                + " Import the package instead, do not embed it");
                    }
                }
            }
        }
    }

    /** Names of the packages that a bundle exports. */
    static List<String> packages(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        List<String> names = new ArrayList<>();
        if (revision != null) {
            for (BundleCapability capability : revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
                names.add(String.valueOf(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)));
            }
        }
        return names;
    }
}
