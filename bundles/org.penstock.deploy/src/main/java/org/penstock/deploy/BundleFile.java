package org.penstock.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.penstock.api.admin.AdminException;

/**
 * What a bundle's file says of it.
 *
 * @param path the jar
 * @param name symbolic name
 * @param version bundle version
 * @param exports names of the packages that it offers
 * @param signed true if it carries a signature; whether that is good, nobody has checked
 */
record BundleFile(Path path, String name, Version version, List<String> exports, boolean signed) {
    BundleFile {
        exports = List.copyOf(exports);
    }

    /**
     * Reads the manifest.
     *
     * @throws AdminException if the file is not a bundle, or cannot be read
     */
    static BundleFile read(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            Manifest manifest = jar.getManifest();
            String name = manifest == null ? null : value(manifest, Constants.BUNDLE_SYMBOLICNAME);
            if (manifest == null || name == null) {
                throw new AdminException(path + " is not a bundle: its manifest has no Bundle-SymbolicName");
            }
            String version = value(manifest, Constants.BUNDLE_VERSION);
            String exports = value(manifest, Constants.EXPORT_PACKAGE);
            boolean signed = jar.stream()
                    .anyMatch(entry -> entry.getName().startsWith("META-INF/")
                            && entry.getName().endsWith(".SF"));
            return new BundleFile(
                    path,
                    ManifestClauses.paths(name).get(0),
                    Version.parseVersion(version),
                    exports == null ? List.of() : ManifestClauses.paths(exports),
                    signed);
        } catch (IOException | IllegalArgumentException e) {
            throw new AdminException(path + " cannot be read as a bundle: " + e.getMessage(), e);
        }
    }

    private static String value(Manifest manifest, String header) {
        Attributes attributes = manifest.getMainAttributes();
        return attributes.getValue(header);
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
