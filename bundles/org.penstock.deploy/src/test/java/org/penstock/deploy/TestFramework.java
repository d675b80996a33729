package org.penstock.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.penstock.api.admin.BundleUsage.Usage;

/** A Felix framework with a deploy folder, bundles that are a manifest only, and a core that says what the test tells it. */
final class TestFramework {
    final Path folder;
    final Map<String, Usage> usages = new HashMap<>();
    final List<String> progress = new ArrayList<>();

    private final Path root;
    private final Framework framework;

    TestFramework(Path root) throws BundleException, IOException {
        this.root = root;
        this.folder = Files.createDirectory(root.resolve("deploy"));
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, root.resolve("cache").toString(), "felix.log.level", "0"));
        framework.start();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** With a wait for sessions that is over soon. */
    Upgrade upgrade() {
        return new Upgrade(context(), this::usage, 300);
    }

    DeployFolder deployFolder() {
        return new DeployFolder(folder, context(), upgrade());
    }

    private Usage usage(long bundleId) {
        Bundle bundle = context().getBundle(bundleId);
        String key = bundle == null ? "" : bundle.getSymbolicName() + " " + bundle.getVersion();
        return usages.getOrDefault(key, new Usage(0, List.of(), List.of()));
    }

    /** The bundles of a symbolic name: version and state, by version. */
    List<String> states(String name) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .map(bundle -> bundle.getVersion() + (bundle.getState() == Bundle.ACTIVE ? " active" : " stopped"))
                .sorted()
                .toList();
    }

    /** A bundle that did not come from deploy/. */
    Bundle system(String name, String version, String... headers) throws IOException, BundleException {
        Path jar = jar(Files.createDirectories(root.resolve("system")), name, version, headers);
        Bundle bundle = context().installBundle(jar.toUri().toString());
        bundle.start();
        return bundle;
    }

    /** A jar in a directory; {@code headers} are names and values in turn. */
    static Path jar(Path directory, String name, String version, String... headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        attributes.putValue(Constants.BUNDLE_VERSION, version);
        for (int i = 0; i < headers.length; i += 2) {
            attributes.putValue(headers[i], headers[i + 1]);
        }
        Path jar = directory.resolve(name + "-" + version + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.putNextEntry(new ZipEntry("content"));
        }
        return jar;
    }

    public void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
