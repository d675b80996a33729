package org.penstock.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.penstock.launcher.feature.FeatureBundle;
import org.penstock.launcher.feature.FeatureReader;

/**
 * The way of a framework from nothing to its final start level, in three steps that the launcher takes in order.
 *
 * <pre>
 * {@link #install}  every bundle of the features, none started
 * {@link #resolve}  all of them, or the start ends here, before any code of a bundle has run
 * {@link #start}    by start level
 * </pre>
 */
final class Boot {
    /** The level of the running framework. */
    static final int RUNNING_LEVEL = FeatureReader.MAX_START_LEVEL;

    /** Of bundles that are installed later; below {@link #RUNNING_LEVEL}, else their start would silently wait. */
    static final int LATER_BUNDLES_LEVEL = 60;

    private final Framework framework;
    private final Map<Bundle, FeatureBundle> bundles = new HashMap<>();

    private Boot(Framework framework) {
        this.framework = framework;
    }

    /** A framework with an empty bundle cache, at level 1 where no bundle of a feature starts. */
    static Boot prepare(LaunchSettings settings, Path configStore, Path consoleSocket) throws BundleException {
        FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no OSGi framework in lib/"));
        Framework framework = factory.newFramework(properties(settings, configStore, consoleSocket));
        framework.init();
        framework.start();
        return new Boot(framework);
    }

    private static Map<String, String> properties(LaunchSettings settings, Path configStore, Path consoleSocket) {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, settings.framework().toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "1");
        properties.put("felix.startlevel.bundle", Integer.toString(LATER_BUNDLES_LEVEL));
        properties.put("felix.cm.dir", configStore.toString());
        properties.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
        properties.put(
                "org.ops4j.pax.logging.StaticLogbackFile",
                settings.home().resolve("conf/logback.xml").toString());
        properties.put("gosh.args", "--nointeractive --noshutdown");
        properties.put("penstock.home", settings.home().toString());
        properties.put("penstock.data", settings.data().toString());
        properties.put("penstock.conf", settings.conf().toString());
        properties.put("penstock.version", settings.version());
        properties.put("penstock.mode", settings.mode());
        properties.put("penstock.console.socket", consoleSocket.toString());
        return properties;
    }

    Framework framework() {
        return framework;
    }

    /** Installs the bundles from {@code system/}; their order is the order of their ids in {@code lb}. */
    void install(List<FeatureBundle> features, Path system) throws LaunchException {
        for (FeatureBundle feature : features) {
            Path jar = system.resolve(feature.fileName());
            try {
                Bundle bundle =
                        framework.getBundleContext().installBundle(jar.toUri().toString());
                bundle.adapt(BundleStartLevel.class).setStartLevel(feature.startLevel());
                bundles.put(bundle, feature);
            } catch (BundleException e) {
                throw new LaunchException(
                        ExitCode.BUNDLE,
                        "cannot install " + jar + ", which " + feature.feature() + " lists: " + reason(e));
            }
        }
    }

    /** Resolves all, or throws with the name of each bundle that does not resolve and what it misses. */
    void resolve() throws LaunchException {
        boolean all = framework.adapt(FrameworkWiring.class).resolveBundles(bundles.keySet());
        if (!all) {
            throw new LaunchException(ExitCode.BUNDLE, new ResolveReport(bundles).text());
        }
    }

    /** Starts everything that is no fragment; {@code failed} hears of bundles that did not start when the last level is reached. */
    void start(Consumer<LaunchException> failed) {
        StartFailures failures = new StartFailures(bundles);
        framework.getBundleContext().addFrameworkListener(failures);
        for (Bundle bundle : bundles.keySet()) {
            if (!isFragment(bundle)) {
                markStarted(bundle);
            }
        }
        framework.adapt(FrameworkStartLevel.class).setStartLevel(RUNNING_LEVEL, event -> {
            if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                failures.report().ifPresent(text -> failed.accept(new LaunchException(ExitCode.BUNDLE, text)));
            }
        });
    }

    /** Below its start level a bundle only becomes marked as started. */
    private static void markStarted(Bundle bundle) {
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            throw new IllegalStateException("start level of " + bundle + " is not above 1", e);
        }
    }

    static boolean isFragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    static String reason(BundleException e) {
        Throwable cause = e.getCause();
        if (cause == null) {
            return String.valueOf(e.getMessage());
        }
        return cause instanceof IOException ? String.valueOf(cause) : e.getMessage() + ": " + cause;
    }
}
