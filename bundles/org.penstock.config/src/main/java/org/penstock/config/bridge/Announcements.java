package org.penstock.config.bridge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.penstock.config.check.CheckedConfiguration;

/** Services without methods whose properties tell others how the configuration stands. */
final class Announcements {
    /** The launcher prints its value and ends. */
    static final String FAILED = "penstock.failed";

    static final String EXIT = "penstock.exit";

    /** Exit status of a wrong configuration, as in sysexits.h. */
    static final int EXIT_CONFIG = 78;

    /** The configuration has been written to ConfigAdmin. */
    static final String CONFIGURED = "penstock.configured";

    /** Names of the listeners that must be open before the process is ready. */
    static final String LISTENERS = "penstock.configured.listeners";

    /** Name of a module that an object waits for; with its name and kind. */
    static final String WAITING = "penstock.waiting";

    private final BundleContext context;
    private final Map<CheckedConfiguration.Waiting, ServiceRegistration<?>> waiting = new HashMap<>();

    Announcements(BundleContext context) {
        this.context = context;
    }

    void failed(String text) {
        register(Map.of(FAILED, text, EXIT, EXIT_CONFIG));
    }

    void configured(List<String> listeners) {
        register(Map.of(CONFIGURED, true, LISTENERS, listeners.toArray(String[]::new)));
    }

    /** Brings the services of waiting objects up to date. */
    void waiting(List<CheckedConfiguration.Waiting> now) {
        waiting.entrySet().removeIf(entry -> {
            boolean over = !now.contains(entry.getKey());
            if (over) {
                entry.getValue().unregister();
            }
            return over;
        });
        for (CheckedConfiguration.Waiting object : now) {
            waiting.computeIfAbsent(
                    object,
                    added -> register(Map.of(
                            WAITING,
                            added.module(),
                            ConfigurationStore.NAME,
                            added.name(),
                            ConfigurationStore.KIND,
                            added.kind().word())));
        }
    }

    private ServiceRegistration<?> register(Map<String, Object> properties) {
        return context.registerService(Object.class, new Object(), FrameworkUtil.asDictionary(properties));
    }
}
