package org.penstock.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The assembled platform under another directory, with test bundles instead of Penstock's own.
 *
 * <p>Files are linked where that is possible. The configuration file is empty.
 */
final class TestDistribution {
    private static final Path ASSEMBLED = Path.of("target/penstock").toAbsolutePath();

    private final Path home;
    private final List<String> bundles = new ArrayList<>();

    private TestDistribution(Path home) {
        this.home = home;
    }

    static TestDistribution in(Path home) throws IOException {
        for (String directory : new String[] {"bin", "lib", "system", "conf"}) {
            Files.createDirectories(home.resolve(directory));
            try (Stream<Path> files = Files.list(ASSEMBLED.resolve(directory))) {
                for (Path file : files.toList()) {
                    link(file, home.resolve(directory).resolve(file.getFileName()));
                }
            }
        }
        Files.createDirectories(home.resolve("deploy"));
        Path features = Files.createDirectories(home.resolve("features"));
        Files.copy(ASSEMBLED.resolve("features/platform.json"), features.resolve("platform.json"));
        Files.delete(home.resolve("conf/penstock.cnf"));
        Files.createFile(home.resolve("conf/penstock.cnf"));
        return new TestDistribution(home);
    }

    private static void link(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (IOException e) {
            // Another file system.
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Adds the features that ship besides the platform. */
    TestDistribution withAllFeatures() throws IOException {
        try (Stream<Path> files = Files.list(ASSEMBLED.resolve("features"))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        home.resolve("features").resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return this;
    }

    Path script() {
        return home.resolve("bin/penstock");
    }

    /** Adds a bundle whose activator is the given class, and which imports some packages; it starts after all others. */
    TestDistribution with(String name, Class<?> activator, String importedPackage) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", name);
        attributes.putValue("Bundle-Version", "1.0.0");
        attributes.putValue("Bundle-Activator", activator.getName());
        attributes.putValue("Import-Package", importedPackage);
        try (OutputStream file = Files.newOutputStream(home.resolve("system/" + name + "-1.0.0.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            String entry = activator.getName().replace('.', '/') + ".class";
            jar.putNextEntry(new JarEntry(entry));
            try (InputStream bytes = activator.getClassLoader().getResourceAsStream(entry)) {
                bytes.transferTo(jar);
            }
            jar.closeEntry();
        }
        bundles.add("{\"id\":\"test:" + name + ":1.0.0\",\"start-order\":100}");
        Files.writeString(
                home.resolve("features/test.json"),
                "{\"feature-resource-version\":\"1.0\",\"id\":\"test:test:1.0\",\"bundles\":["
                        + String.join(",", bundles) + "]}");
        return this;
    }
}
