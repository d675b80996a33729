package org.penstock.core.global;

import java.lang.reflect.Proxy;
import java.util.Map;

/** A configuration annotation with given values and the annotation's defaults, as the framework would make it. */
public final class Section {
    private Section() {}

    /** Values by the key that a user writes; a required one that is absent is empty text. */
    public static <A> A of(Class<A> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Object value = values.get(method.getName().replace("__", "_"));
            if (value == null) {
                value = method.getDefaultValue();
            }
            return value == null && method.getReturnType() == String.class ? "" : value;
        }));
    }
}
