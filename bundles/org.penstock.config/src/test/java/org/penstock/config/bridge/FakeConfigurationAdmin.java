package org.penstock.config.bridge;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** ConfigAdmin as a map of properties by PID. */
final class FakeConfigurationAdmin {
    private final Map<String, Map<String, Object>> stored = new TreeMap<>();

    ConfigurationAdmin admin() {
        return proxy(ConfigurationAdmin.class, (self, method, arguments) -> switch (method.getName()) {
            case "getConfiguration" -> configuration((String) arguments[0], null);
            case "getFactoryConfiguration" -> configuration(arguments[0] + "~" + arguments[1], (String) arguments[0]);
            case "listConfigurations" -> stored.isEmpty() ? null : all();
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private Configuration[] all() {
        return stored.keySet().stream()
                .map(pid -> configuration(pid, pid.contains("~") ? pid.substring(0, pid.indexOf('~')) : null))
                .toArray(Configuration[]::new);
    }

    private Configuration configuration(String pid, @Nullable String factory) {
        return proxy(Configuration.class, (self, method, arguments) -> {
            switch (method.getName()) {
                case "updateIfDifferent" -> {
                    stored.put(pid, copy((Dictionary<?, ?>) arguments[0]));
                    return true;
                }
                case "delete" -> {
                    stored.remove(pid);
                    return null;
                }
                case "getProperties" -> {
                    return FrameworkUtil.asDictionary(stored.getOrDefault(pid, Map.of()));
                }
                case "getPid" -> {
                    return pid;
                }
                case "getFactoryPid" -> {
                    return factory;
                }
                default -> throw new UnsupportedOperationException(method.getName());
            }
        });
    }

    private static Map<String, Object> copy(Dictionary<?, ?> properties) {
        Map<String, Object> copy = new LinkedHashMap<>();
        Collections.list(properties.keys()).forEach(key -> copy.put(key.toString(), properties.get(key)));
        return copy;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Properties by PID. */
    Map<String, Map<String, Object>> stored() {
        return stored;
    }
}
