package org.penstock.config.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.penstock.config.check.ConfiguredObject;
import org.penstock.config.schema.Kind;

/** The configurations of ConfigAdmin that are ours. */
final class ConfigurationStore {
    /** Property that marks our configurations. */
    static final String ORIGIN = "penstock.origin";

    static final String NAME = "penstock.name";
    static final String KIND = "penstock.kind";
    static final String MODULE = "penstock.module";
    static final String REVISION = "penstock.revision";

    private static final String OURS = "org.penstock.config";
    private static final String ANY_BUNDLE = "?";

    private final ConfigurationAdmin admin;

    ConfigurationStore(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    void put(Applied applied) {
        ConfiguredObject object = applied.object();
        Map<String, Object> properties = new LinkedHashMap<>(object.properties());
        properties.put(NAME, object.name());
        properties.put(KIND, object.kind().word());
        properties.put(REVISION, applied.revision());
        properties.put(ORIGIN, OURS);
        if (object.kind().module()) {
            properties.put(MODULE, object.module());
        }
        try {
            configuration(applied).updateIfDifferent(FrameworkUtil.asDictionary(properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(Applied applied) {
        try {
            configuration(applied).delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Configuration configuration(Applied applied) throws IOException {
        String pid = applied.object().pid();
        return applied.object().kind() == Kind.GLOBAL
                ? admin.getConfiguration(pid, ANY_BUNDLE)
                : admin.getFactoryConfiguration(pid, applied.instance(), ANY_BUNDLE);
    }

    /** What an earlier life of this bundle left. */
    List<Applied> existing() {
        try {
            Configuration[] found = admin.listConfigurations("(" + ORIGIN + "=" + OURS + ")");
            List<Applied> existing = new ArrayList<>();
            if (found != null) {
                for (Configuration configuration : found) {
                    existing.add(applied(configuration));
                }
            }
            return existing;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Applied applied(Configuration configuration) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Dictionary<String, Object> all = configuration.getProperties();
        for (String key : Collections.list(all.keys())) {
            boolean own = !key.startsWith("penstock.") && !key.startsWith("service.") && !key.startsWith("felix.");
            if (own) {
                properties.put(key, all.get(key));
            }
        }
        String factory = configuration.getFactoryPid();
        Object module = all.get(MODULE);
        ConfiguredObject object = new ConfiguredObject(
                Kind.valueOf(String.valueOf(all.get(KIND)).toUpperCase(Locale.ROOT)),
                String.valueOf(all.get(NAME)),
                module == null ? "" : module.toString(),
                factory == null ? configuration.getPid() : factory,
                properties);
        return new Applied(object, all.get(REVISION) instanceof Integer revision ? revision : 0);
    }
}
