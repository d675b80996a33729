package org.penstock.api.session;

import java.util.Map;

/**
 * What a module's part in one session hands to its successor: a small versioned map.
 *
 * @param version of the map's meaning, chosen by the module
 * @param values {@link String}, {@link Long}, {@link Boolean}, {@link Double} or {@code byte[]} by name
 */
public record ModuleState(int version, Map<String, Object> values) {
    /** Most bytes of names and values together. */
    public static final int MAX_BYTES = 64 * 1024;

    public static final ModuleState NONE = new ModuleState(0, Map.of());

    public ModuleState {
        values = Map.copyOf(values);
        long size = 0;
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            size += 2L * entry.getKey().length() + sizeOf(entry.getKey(), entry.getValue());
        }
        if (size > MAX_BYTES) {
            throw new IllegalArgumentException("state: expected at most " + MAX_BYTES + " bytes, got " + size);
        }
    }

    public long getLong(String key, long fallback) {
        return values.get(key) instanceof Long value ? value : fallback;
    }

    public String getString(String key, String fallback) {
        return values.get(key) instanceof String value ? value : fallback;
    }

    public boolean getBoolean(String key, boolean fallback) {
        return values.get(key) instanceof Boolean value ? value : fallback;
    }

    private static long sizeOf(String key, Object value) {
        if (value instanceof String text) {
            return 2L * text.length();
        }
        if (value instanceof byte[] bytes) {
            return bytes.length;
        }
        if (value instanceof Long || value instanceof Boolean || value instanceof Double) {
            return Long.BYTES;
        }
        throw new IllegalArgumentException("state: value of '" + key + "' has type "
                + value.getClass().getName() + "; expected String, Long, Boolean, Double or byte[]");
    }
}
