package org.penstock.config.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.penstock.config.schema.Schema;
import org.penstock.config.schema.SchemaBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schema of the bundles of the framework; of several versions of one the highest counts. */
final class BundleSchema {
    private static final Logger LOG = LoggerFactory.getLogger(BundleSchema.class);
    private static final String METATYPE = "OSGI-INF/metatype";
    private static final String COMPONENTS = "OSGI-INF";
    private static final int THERE = Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

    private BundleSchema() {}

    static Schema of(BundleContext context) {
        SchemaBuilder builder = new SchemaBuilder();
        List<Bundle> bundles = Arrays.stream(context.getBundles())
                .filter(bundle -> (bundle.getState() & THERE) != 0)
                .sorted(Comparator.comparing(Bundle::getVersion))
                .toList();
        for (Bundle bundle : bundles) {
            if (configurable(bundle)) {
                add(bundle, builder);
            }
        }
        return builder.build();
    }

    /** Whether a bundle may have components of ours: it has some, and something to do with our API. */
    static boolean configurable(Bundle bundle) {
        String imports = bundle.getHeaders("").get("Import-Package");
        return bundle.getHeaders("").get("Service-Component") != null
                && (bundle.getSymbolicName().startsWith("org.penstock.")
                        || (imports != null && imports.contains("org.penstock.api.")));
    }

    private static void add(Bundle bundle, SchemaBuilder builder) {
        try {
            for (String path : files(bundle, METATYPE)) {
                try (InputStream content = open(bundle, path)) {
                    builder.metatype(content);
                }
            }
            for (String path : files(bundle, COMPONENTS)) {
                try (InputStream content = open(bundle, path)) {
                    builder.component(content);
                }
            }
        } catch (IOException | XMLStreamException e) {
            LOG.warn("What bundle {} can be configured with cannot be read: {}", bundle, e.toString());
        }
    }

    private static List<String> files(Bundle bundle, String folder) {
        @Nullable Enumeration<String> paths = bundle.getEntryPaths(folder);
        return paths == null
                ? List.of()
                : Collections.list(paths).stream()
                        .filter(path -> path.endsWith(".xml"))
                        .toList();
    }

    private static InputStream open(Bundle bundle, String path) throws IOException {
        URL entry = bundle.getEntry(path);
        if (entry == null) {
            throw new IOException(path + " is gone");
        }
        return entry.openStream();
    }
}
