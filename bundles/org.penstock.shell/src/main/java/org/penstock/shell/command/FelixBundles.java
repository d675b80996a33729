package org.penstock.shell.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.penstock.api.admin.AdminException;

/** Felix's {@code start} and {@code stop}, with symbolic names beside ids, and with an error where Felix only prints one. */
final class FelixBundles {
    private final BundleContext context;

    FelixBundles(BundleContext context) {
        this.context = context;
    }

    /** Runs Felix's verb and looks what came of it. */
    @Nullable
    Object run(CommandSession session, String verb, String... words) throws Exception {
        if (!(session.get("felix:" + verb) instanceof Function felix)) {
            throw new AdminException("Gogo's own commands are not installed");
        }
        List<Object> arguments = new ArrayList<>();
        List<Bundle> bundles = new ArrayList<>();
        for (String word : words) {
            Bundle bundle = isBundle(word) ? bundle(word) : null;
            if (bundle != null) {
                bundles.add(bundle);
            }
            arguments.add(bundle == null ? word : Long.toString(bundle.getBundleId()));
        }
        Object result = felix.execute(session, arguments);
        for (Bundle bundle : bundles) {
            check(bundle, verb);
        }
        return result;
    }

    /** Not an option and not a URL. */
    private static boolean isBundle(String word) {
        return !word.startsWith("-") && word.indexOf(':') < 0;
    }

    private Bundle bundle(String word) {
        List<Bundle> found = Arrays.stream(context.getBundles())
                .filter(bundle ->
                        word.equals(Long.toString(bundle.getBundleId())) || word.equals(bundle.getSymbolicName()))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new AdminException(
                found.isEmpty()
                        ? "no bundle " + word + "; 'lb' lists them"
                        : "several bundles are called " + word + "; 'lb' shows their ids");
    }

    private static void check(Bundle bundle, String verb) {
        boolean runs = (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0;
        if (verb.equals("start") && !runs && !isFragment(bundle)) {
            throw new AdminException("bundle " + bundle.getBundleId() + " did not start");
        }
        if (verb.equals("stop") && runs) {
            throw new AdminException("bundle " + bundle.getBundleId() + " did not stop");
        }
    }

    private static boolean isFragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }
}
