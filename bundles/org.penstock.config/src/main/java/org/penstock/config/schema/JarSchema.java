package org.penstock.config.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/** The schema of bundles that lie in directories, read without a framework. */
public final class JarSchema {
    private static final String METATYPE = "OSGI-INF/metatype/";

    private JarSchema() {}

    /**
     * The schema of all jars of those directories; a directory that does not exist has none.
     *
     * @param unreadable takes a line for each jar that is left out
     */
    public static Schema of(List<Path> directories, Consumer<String> unreadable) throws IOException {
        List<VersionedJar> jars = new ArrayList<>();
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.list(directory)) {
                    files.filter(path -> path.toString().endsWith(".jar")).forEach(file -> add(file, jars, unreadable));
                }
            }
        }
        jars.sort(Comparator.comparing(VersionedJar::version, BundleVersion::compare));
        SchemaBuilder builder = new SchemaBuilder();
        for (VersionedJar jar : jars) {
            try {
                read(jar.file(), builder);
            } catch (IOException | XMLStreamException e) {
                unreadable.accept(jar.file() + ": cannot be read: " + e.getMessage());
            }
        }
        return builder.build();
    }

    private static void add(Path file, List<VersionedJar> jars, Consumer<String> unreadable) {
        try {
            jars.add(versioned(file));
        } catch (IOException e) {
            unreadable.accept(file + ": is not a readable jar: " + e.getMessage());
        }
    }

    private record VersionedJar(Path file, String version) {}

    private static VersionedJar versioned(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            String version = manifest == null
                    ? null
                    : manifest.getMainAttributes().getValue(new Attributes.Name("Bundle-Version"));
            return new VersionedJar(file, version == null ? "0" : version);
        }
    }

    private static void read(Path file, SchemaBuilder builder) throws IOException, XMLStreamException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (!name.startsWith("OSGI-INF/") || !name.endsWith(".xml")) {
                    continue;
                }
                try (InputStream content = jar.getInputStream(entry)) {
                    if (name.startsWith(METATYPE)) {
                        builder.metatype(content);
                    } else if (name.indexOf('/', "OSGI-INF/".length()) < 0) {
                        builder.component(content);
                    }
                }
            }
        }
    }
}
