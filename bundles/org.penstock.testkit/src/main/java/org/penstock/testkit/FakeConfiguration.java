package org.penstock.testkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes instances of configuration annotations as DS does: keys as users write them, defaults of the annotation, null for a text that is absent. */
public final class FakeConfiguration {
    private FakeConfiguration() {}

    /**
     * An instance with those parameters.
     *
     * @throws IllegalArgumentException for a key that the annotation does not declare
     */
    public static <A extends Annotation> A of(Class<A> type, Map<String, String> parameters) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (Method attribute : type.getDeclaredMethods()) {
            String text = parameters.get(key(attribute));
            values.put(
                    attribute.getName(), text == null ? absent(attribute) : coerced(text, attribute.getReturnType()));
        }
        List<String> known = Arrays.stream(type.getDeclaredMethods())
                .map(FakeConfiguration::key)
                .toList();
        for (String key : parameters.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(type.getSimpleName() + " has no parameter '" + key + "'");
            }
        }
        InvocationHandler handler = (proxy, method, arguments) -> values.get(method.getName());
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    static String key(Method attribute) {
        return attribute.getName().replace("__", "\0").replace('_', '.').replace('\0', '_');
    }

    private static @Nullable Object absent(Method attribute) {
        Object value = attribute.getDefaultValue();
        return value != null || !attribute.getReturnType().isPrimitive()
                ? value
                : coerced("0", attribute.getReturnType());
    }

    private static Object coerced(String text, Class<?> type) {
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        if (type == long.class) {
            return Long.valueOf(text);
        }
        if (type == double.class) {
            return Double.valueOf(text);
        }
        if (type == boolean.class) {
            return Boolean.valueOf(text);
        }
        if (type == String[].class) {
            return text.split(",");
        }
        return text;
    }
}
