package org.penstock.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.BundleUsage.Usage;

/**
 * The way of a new version into a running framework.
 *
 * <pre>
 * check     the platform is not reached, the version is new
 * install   beside the old one, resolve, start; whatever fails is taken back and the old one has not noticed
 * drain     until no session uses the old one
 * retire    stop the old one; uninstall it if it came from deploy/
 * </pre>
 */
final class Upgrade {
    /** Before the file's name in the location of every bundle that comes from {@code deploy/}. */
    static final String LOCATION = "deploy:";

    private static final long LOOK_MILLIS = 50;
    private static final long REFRESH_SECONDS = 10;

    private final BundleContext context;
    private final LongFunction<Usage> usages;
    private final PlatformBundles platform;
    private final long drainMillis;

    /** {@code usages} tells the use of a bundle. */
    Upgrade(BundleContext context, LongFunction<Usage> usages, long drainMillis) {
        this.context = context;
        this.usages = usages;
        this.platform = new PlatformBundles(context);
        this.drainMillis = drainMillis;
    }

    /**
     * Finds what speaks against a file before anything is changed.
     *
     * @throws AdminException with the reason
     */
    void check(BundleFile file) {
        platform.checkApart(file.name(), file.exports());
        for (Bundle bundle : context.getBundles()) {
            if (file.name().equals(bundle.getSymbolicName()) && file.version().equals(bundle.getVersion())) {
                throw new AdminException(file + " is installed already, as bundle " + bundle.getBundleId()
                        + "; a new version needs a higher Bundle-Version");
            }
        }
        platform.closure(active(file.name()));
    }

    /**
     * Carries it out; returns true when the old version has gone, false when sessions still keep it.
     *
     * @throws AdminException if the new version is refused; the old one serves on
     */
    boolean run(BundleFile file, Consumer<String> progress) {
        check(file);
        List<Bundle> old = active(file.name());
        int sessions = sessions(old);
        progress.accept(
                old.isEmpty()
                        ? "installing " + file
                        : "upgrading " + names(old) + " to " + file.version() + ", used by " + sessions + " sessions");
        Bundle fresh = install(file);
        try {
            resolve(fresh);
            start(fresh);
        } catch (AdminException e) {
            uninstall(fresh);
            throw e;
        }
        progress.accept("bundle " + fresh.getBundleId() + " started");
        return old.isEmpty() || drain(old, fresh, sessions, progress);
    }

    private Bundle install(BundleFile file) {
        String location = LOCATION + file.path().getFileName() + "@" + file.version();
        try (InputStream in = Files.newInputStream(file.path())) {
            return context.installBundle(location, in);
        } catch (IOException | BundleException e) {
            throw new AdminException(file + " cannot be installed: " + e.getMessage(), e);
        }
    }

    private void resolve(Bundle fresh) {
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        if (!wiring.resolveBundles(List.of(fresh))) {
            List<String> missing = MissingRequirements.of(fresh, context);
            throw new AdminException(fresh.getSymbolicName() + " " + fresh.getVersion() + " does not resolve: "
                    + (missing.isEmpty()
                            ? "what it needs contradicts what is there"
                            : "no bundle offers " + String.join(", ", missing)));
        }
    }

    private static void start(Bundle fresh) {
        BundleRevision revision = fresh.adapt(BundleRevision.class);
        if (revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) {
            return;
        }
        try {
            fresh.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            throw new AdminException(
                    fresh.getSymbolicName() + " " + fresh.getVersion() + " does not start: " + reason(e), e);
        }
    }

    private static String reason(BundleException e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + e.getCause();
    }

    private boolean drain(List<Bundle> old, Bundle fresh, int sessions, Consumer<String> progress) {
        if (isWayBack(old, fresh)) {
            old.forEach(bundle -> retire(bundle, progress));
            return true;
        }
        boolean idle = awaitIdle(old, fresh);
        List<String> serving = old.stream()
                .flatMap(bundle -> usages.apply(bundle.getBundleId()).serving().stream())
                .toList();
        if (!serving.isEmpty()) {
            List<String> refused = usages.apply(fresh.getBundleId()).refused();
            uninstall(fresh);
            throw new AdminException(fresh.getSymbolicName() + " " + fresh.getVersion() + " does not serve "
                    + String.join(", ", serving) + " and was taken back, the old version serves on"
                    + (refused.isEmpty() ? "; the log says why" : ": " + String.join("; ", refused)));
        }
        int left = sessions(old);
        progress.accept(Math.max(0, sessions - left) + " of " + Math.max(sessions, left) + " sessions moved");
        if (!idle) {
            progress.accept(names(old) + " stays until the others have moved too");
            return false;
        }
        old.forEach(bundle -> retire(bundle, progress));
        return true;
    }

    /** The core prefers the higher version as long as it is there, so it would never be idle. */
    private static boolean isWayBack(List<Bundle> old, Bundle fresh) {
        return old.stream().anyMatch(bundle -> bundle.getVersion().compareTo(fresh.getVersion()) > 0);
    }

    /** False when the time is over before; a refused successor ends the wait too. */
    private boolean awaitIdle(List<Bundle> old, Bundle fresh) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMillis);
        try {
            while (!old.stream().allMatch(this::idle)) {
                if (System.nanoTime() - deadline > 0
                        || !usages.apply(fresh.getBundleId()).refused().isEmpty()) {
                    return false;
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            // A cancelled command ends the wait only: the bundles must still be left in order, which an interrupted
            // thread could not do.
            return false;
        }
    }

    /** True when nobody runs the bundle's code. */
    boolean idle(Bundle bundle) {
        return usages.apply(bundle.getBundleId()).idle();
    }

    /** Stops a version that nobody uses; one that the distribution brought stays installed, so that there is a way back. */
    void retire(Bundle bundle, Consumer<String> progress) {
        String name = bundle.getSymbolicName() + " " + bundle.getVersion();
        try {
            Collection<Bundle> dependents = new ArrayList<>(platform.closure(List.of(bundle)));
            dependents.remove(bundle);
            if (bundle.getLocation().startsWith(LOCATION)) {
                bundle.uninstall();
                progress.accept(name + " stopped and uninstalled");
            } else {
                bundle.stop();
                progress.accept(name + " stopped");
            }
            if (!dependents.isEmpty()) {
                progress.accept("refreshing " + names(dependents));
                refresh(bundle);
            }
        } catch (BundleException e) {
            throw new AdminException(name + " does not stop: " + reason(e), e);
        }
    }

    /** Takes a bundle away at once. */
    void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            throw new AdminException(bundle.getSymbolicName() + " cannot be uninstalled: " + reason(e), e);
        }
    }

    private void refresh(Bundle bundle) {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> done.countDown());
        try {
            if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
                throw new AdminException("the refresh takes more than " + REFRESH_SECONDS + " s; see 'lb'");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Started bundles of a symbolic name. */
    List<Bundle> active(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .filter(bundle -> (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0)
                .toList();
    }

    private int sessions(List<Bundle> bundles) {
        return bundles.stream()
                .mapToInt(bundle -> usages.apply(bundle.getBundleId()).sessions())
                .sum();
    }

    private static String names(Collection<Bundle> bundles) {
        return String.join(
                ", ",
                bundles.stream()
                        .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion())
                        .toList());
    }
}
