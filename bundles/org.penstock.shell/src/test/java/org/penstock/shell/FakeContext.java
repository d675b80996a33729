package org.penstock.shell;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

/** As much of a framework as the commands ask for: properties, one bundle that is the system bundle too, no services. */
public final class FakeContext {
    public final Map<String, String> properties = new HashMap<>(Map.of("penstock.version", "1.2.3"));
    public int state = Bundle.RESOLVED;
    public final List<String> calls = new ArrayList<>();

    public BundleContext proxy() {
        return fake(BundleContext.class);
    }

    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer(method, arguments)));
    }

    private Object answer(Method method, Object[] arguments) {
        calls.add(method.getName());
        return switch (method.getName()) {
            case "getProperty" -> properties.get(arguments[0].toString());
            case "getBundle" -> fake(Bundle.class);
            case "getBundles" -> new Bundle[] {fake(Bundle.class)};
            case "getServiceReferences" -> List.of();
            case "getSymbolicName" -> "fake.framework";
            case "getBundleId" -> 0L;
            case "getState" -> state;
            case "getVersion" -> Version.parseVersion("7.0.5");
            default -> null;
        };
    }
}
