package org.penstock.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.BundleUsage;
import org.penstock.api.admin.BundleUsage.Usage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The watch over {@code deploy/}, on a thread of its own that looks every second, and the upgrades that it and the commands make. */
@Component(service = Deployer.class, immediate = true)
public final class Deployer {
    /** How long an upgrade waits for sessions to leave the old version. */
    static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Usage UNUSED = new Usage(0, List.of(), List.of());
    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final @Nullable DeployFolder folder;
    private volatile @Nullable BundleUsage core;

    @Activate
    public Deployer(BundleContext context) {
        String home = context.getProperty("penstock.home");
        if (home == null) {
            LOG.info("no deploy folder: penstock.home is not set");
            folder = null;
            return;
        }
        Upgrade upgrade = new Upgrade(context, this::usage, DRAIN_TIMEOUT.toMillis());
        folder = new DeployFolder(Path.of(home, "deploy"), context, upgrade);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindUsage(BundleUsage bound) {
        core = bound;
    }

    void unbindUsage(BundleUsage unbound) {
        if (core == unbound) {
            core = null;
        }
    }

    @Activate
    void activate() {
        DeployFolder watched = folder;
        if (watched != null) {
            Thread thread = new Thread(() -> watch(watched), "penstock-deploy");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Deactivate
    void deactivate() {
        stopped.countDown();
    }

    private void watch(DeployFolder watched) {
        String said = "";
        try {
            do {
                said = look(watched, said);
            } while (!stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("deploy/ is no longer watched", e);
        } catch (IllegalStateException e) {
            LOG.debug("the framework ends", e);
        }
    }

    /** A trouble is said once, not every second. */
    private static String look(DeployFolder watched, String said) {
        try {
            watched.scan();
            return "";
        } catch (IllegalStateException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            String trouble = String.valueOf(e.getMessage());
            if (!trouble.equals(said)) {
                LOG.atWarn().setCause(e).log("deploy/ is not in line: {}", trouble);
            }
            return trouble;
        }
    }

    /** What the core says of a bundle; without a core nobody uses it. */
    Usage usage(long bundleId) {
        BundleUsage current = core;
        return current == null ? UNUSED : current.usage(bundleId);
    }

    /**
     * Copies a bundle's file into the folder and carries out the upgrade.
     *
     * @throws AdminException if it is refused
     */
    void upgrade(Path file, Consumer<String> progress) {
        DeployFolder current = folder;
        if (current == null) {
            throw new AdminException("there is no deploy folder: penstock.home is not set");
        }
        current.add(file, line -> {
            LOG.atInfo().addKeyValue("file", file).log(line);
            progress.accept(line);
        });
    }
}
