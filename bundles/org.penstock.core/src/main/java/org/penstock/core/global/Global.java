package org.penstock.core.global;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.annotation.AnyThread;

/** The global section and the directories of the process; with defaults where the section is absent. */
@Component(service = Global.class, immediate = true, configurationPid = GlobalConfig.PID)
@Designate(ocd = GlobalConfig.class)
@AnyThread
public final class Global {
    /** Framework property with the data directory. */
    public static final String DATA_PROPERTY = "penstock.data";

    private final Path data;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile GlobalSettings settings;
    private volatile Map<String, String> parameters;

    @Activate
    public Global(BundleContext context, GlobalConfig config, Map<String, Object> properties) {
        this(context.getProperty(DATA_PROPERTY), config, properties);
    }

    public Global(@Nullable String data, GlobalConfig config, Map<String, ?> properties) {
        this.data = Path.of(data == null ? "data" : data).toAbsolutePath();
        this.settings = GlobalSettings.of(config);
        this.parameters = SectionText.written(properties, List.of());
    }

    @Modified
    void modified(GlobalConfig config, Map<String, Object> properties) {
        settings = GlobalSettings.of(config);
        parameters = SectionText.written(properties, List.of());
        listeners.forEach(Runnable::run);
    }

    public GlobalSettings settings() {
        return settings;
    }

    /** Value of a parameter of the section, its default where it was not written; null for an unknown key. */
    public @Nullable String parameter(String key) {
        return parameters.get(key);
    }

    /** Runs after each change of the settings; must be quick. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    public void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /** The data directory. */
    public Path data() {
        return data;
    }

    /** The directory of cached accounts. */
    public Path cache() {
        return directory("cachedir", "cache");
    }

    /** The directory of log files that modules write. */
    public Path log() {
        return directory("logdir", "log");
    }

    private Path directory(String key, String fallback) {
        String named = parameters.getOrDefault(key, "");
        return named.isEmpty() ? data.resolve(fallback) : data.resolve(named);
    }
}
