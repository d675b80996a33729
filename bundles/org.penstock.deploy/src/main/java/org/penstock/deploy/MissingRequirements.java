package org.penstock.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Why a bundle does not resolve, in words. */
final class MissingRequirements {
    private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");

    private MissingRequirements() {}

    /** What no installed bundle offers; empty when each single requirement could be met. */
    static List<String> of(Bundle bundle, BundleContext context) {
        FrameworkWiring framework = context.getBundle(0).adapt(FrameworkWiring.class);
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        List<String> missing = new ArrayList<>();
        if (revision != null) {
            for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
                if (isMandatory(requirement)
                        && framework.findProviders(requirement).isEmpty()
                        && revision.getDeclaredCapabilities(requirement.getNamespace()).stream()
                                .noneMatch(requirement::matches)) {
                    missing.add(text(requirement));
                }
            }
        }
        return missing;
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        String effective = requirement.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
        return (effective == null || effective.equals(Namespace.EFFECTIVE_RESOLVE))
                && !Constants.RESOLUTION_OPTIONAL.equals(
                        requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE))
                && !"dynamic".equals(requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE));
    }

    private static String text(BundleRequirement requirement) {
        String filter = requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
        if (!requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE) || filter == null) {
            return requirement.getNamespace() + " " + filter;
        }
        Matcher name = PACKAGE.matcher(filter);
        String condition = name.replaceFirst("").replace("(&)", "");
        return "package " + (name.reset().find() ? name.group(1) : "")
                + (condition.isEmpty() ? "" : " with " + condition);
    }
}
