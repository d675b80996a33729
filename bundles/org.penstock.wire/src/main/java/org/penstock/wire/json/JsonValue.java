package org.penstock.wire.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON value. Immutable. */
public sealed interface JsonValue {
    /** The members in the order of the text; of several with one name the last. */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public static final JsonObject EMPTY = new JsonObject(Map.of());

        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member, or null when there is none. */
        public @Nullable JsonValue get(String name) {
            return members.get(name);
        }

        /** The member's text, also that of a number; null when there is none or it is something else. */
        public @Nullable String text(String name) {
            JsonValue value = members.get(name);
            if (value instanceof JsonString string) {
                return string.value();
            }
            return value instanceof JsonNumber number ? number.text() : null;
        }

        /** Whether the member is true, or a number other than zero. */
        public boolean flag(String name) {
            JsonValue value = members.get(name);
            return value == JsonLiteral.TRUE || (value instanceof JsonNumber && number(name, 0) != 0);
        }

        /** The member as a whole number; the other one when there is none, or it is something else. */
        public long number(String name, long otherwise) {
            String text = text(name);
            try {
                return text == null ? otherwise : Long.parseUnsignedLong(text);
            } catch (NumberFormatException e) {
                return negative(text, otherwise);
            }
        }

        private static long negative(String text, long otherwise) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }
    }

    record JsonArray(List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = List.copyOf(elements);
        }
    }

    record JsonString(String value) implements JsonValue {}

    /** A number as it was written. */
    record JsonNumber(String text) implements JsonValue {}

    enum JsonLiteral implements JsonValue {
        TRUE,
        FALSE,
        NULL
    }
}
