package org.penstock.launcher.feature;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.jspecify.annotations.Nullable;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureService;
import org.osgi.service.feature.ID;

/**
 * A reader of the OSGi Feature JSON files of one directory.
 *
 * @see <a href="https://docs.osgi.org/specification/osgi.cmpn/8.1.0/service.feature.html">OSGi Feature Service</a>
 */
public final class FeatureReader {
    /** Metadata key of a bundle: its start level. */
    static final String START_ORDER = "start-order";

    /** Metadata key of a bundle: the processor that it is for, in the words of {@code os.arch}. */
    static final String ARCHITECTURE = "arch";

    /** The level of the running framework: a bundle above it would never start. */
    public static final int MAX_START_LEVEL = 100;

    private static final int DEFAULT_START_LEVEL = 20;

    private final FeatureService service = new FeatureServiceImpl();

    /** All bundles of all features by start level; a bundle that several features list appears once, at its lowest level. */
    public List<FeatureBundle> read(Path directory) throws IOException, FeatureException {
        return read(directory, null);
    }

    /** The same without the bundles that are for another processor; null for those of all. */
    public List<FeatureBundle> read(Path directory, @Nullable String architecture)
            throws IOException, FeatureException {
        Map<String, FeatureBundle> byArtifact = new LinkedHashMap<>();
        for (Path file : files(directory)) {
            for (FeatureBundle bundle : readFile(file, architecture)) {
                FeatureBundle earlier = byArtifact.get(artifact(bundle.id()));
                byArtifact.put(artifact(bundle.id()), earlier == null ? bundle : merge(earlier, bundle));
            }
        }
        if (byArtifact.isEmpty()) {
            throw new FeatureException("no feature lists a bundle in " + directory);
        }
        List<FeatureBundle> bundles = new ArrayList<>(byArtifact.values());
        bundles.sort(Comparator.comparingInt(FeatureBundle::startLevel));
        return List.copyOf(bundles);
    }

    private static List<Path> files(Path directory) throws IOException, FeatureException {
        if (!Files.isDirectory(directory)) {
            throw new FeatureException("there is no directory " + directory);
        }
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private List<FeatureBundle> readFile(Path file, @Nullable String architecture)
            throws IOException, FeatureException {
        String name = file.getFileName().toString();
        Feature feature;
        try (Reader reader = Files.newBufferedReader(file)) {
            feature = service.readFeature(reader);
        } catch (RuntimeException e) {
            throw new FeatureException("feature " + file + " cannot be read: " + e.getMessage());
        }
        List<FeatureBundle> bundles = new ArrayList<>();
        for (var bundle : feature.getBundles()) {
            Object only = bundle.getMetadata().get(ARCHITECTURE);
            if (architecture != null && only != null && !only.equals(architecture)) {
                continue;
            }
            int level = level(file, bundle.getID(), bundle.getMetadata().get(START_ORDER));
            bundles.add(new FeatureBundle(bundle.getID().toString(), fileName(bundle.getID()), level, name));
        }
        return bundles;
    }

    private static int level(Path file, ID id, @Nullable Object value) throws FeatureException {
        if (value == null) {
            return DEFAULT_START_LEVEL;
        }
        try {
            int level = Integer.parseInt(value.toString());
            if (level > 1 && level <= MAX_START_LEVEL) {
                return level;
            }
        } catch (NumberFormatException e) {
            // Reported below, with the out of range.
        }
        throw new FeatureException("feature " + file + ", bundle " + id + ": " + START_ORDER
                + " must be a number from 2 to " + MAX_START_LEVEL + ", not " + value);
    }

    private static FeatureBundle merge(FeatureBundle one, FeatureBundle other) throws FeatureException {
        if (!one.id().equals(other.id())) {
            throw new FeatureException("two versions of one bundle: " + one.id() + " in " + one.feature() + " and "
                    + other.id() + " in " + other.feature());
        }
        return one.startLevel() <= other.startLevel() ? one : other;
    }

    private static String artifact(String id) {
        int version = id.lastIndexOf(':');
        return id.substring(0, version);
    }

    private static String fileName(ID id) {
        String classifier = id.getClassifier().map(text -> "-" + text).orElse("");
        return id.getArtifactId() + "-" + id.getVersion() + classifier + ".jar";
    }
}
