package org.penstock.shell.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** The loggers that belong to a bundle: classes log under their names, so these are its packages. */
final class LoggerNames {
    private LoggerNames() {}

    /** Outermost packages of the bundle of that id or symbolic name; of another word, the word itself. */
    static List<String> of(String word, Bundle... bundles) {
        for (Bundle bundle : bundles) {
            if (word.equals(bundle.getSymbolicName()) || word.equals(Long.toString(bundle.getBundleId()))) {
                BundleWiring wiring = bundle.adapt(BundleWiring.class);
                List<String> packages = wiring == null ? List.of() : outermost(classes(wiring));
                if (!packages.isEmpty()) {
                    return together(bundle.getSymbolicName(), packages);
                }
            }
        }
        return List.of(word);
    }

    /** By convention the symbolic name is the root package. */
    static List<String> together(@Nullable String root, List<String> packages) {
        return root != null && packages.stream().allMatch(name -> name.equals(root) || name.startsWith(root + "."))
                ? List.of(root)
                : packages;
    }

    private static @Nullable Collection<String> classes(BundleWiring wiring) {
        return wiring.listResources(
                "/", "*.class", BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL);
    }

    /** Packages of class files that no other one contains. */
    static List<String> outermost(@Nullable Collection<String> classFiles) {
        TreeSet<String> packages = new TreeSet<>();
        if (classFiles != null) {
            for (String file : classFiles) {
                int slash = file.lastIndexOf('/');
                if (slash > 0) {
                    packages.add(file.substring(0, slash).replace('/', '.'));
                }
            }
        }
        List<String> outer = new ArrayList<>();
        for (String name : packages) {
            if (outer.stream().noneMatch(other -> name.startsWith(other + "."))) {
                outer.add(name);
            }
        }
        return outer;
    }
}
