package org.penstock.benchmarks.macro.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** JSON text of maps, lists, strings, numbers and truth values; a number that is none is null. */
final class Json {
    private final StringBuilder text = new StringBuilder();

    private Json() {}

    static String of(Object value) {
        Json json = new Json();
        json.value(value, 0);
        return json.text.append('\n').toString();
    }

    private void value(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            all('{', '}', List.copyOf(map.entrySet()), depth);
        } else if (value instanceof List<?> list) {
            all('[', ']', list, depth);
        } else if (value instanceof Map.Entry<?, ?> member) {
            string(String.valueOf(member.getKey()));
            text.append(": ");
            value(member.getValue(), depth);
        } else if (value instanceof Double number) {
            text.append(Double.isFinite(number) ? String.format(Locale.ROOT, "%.3f", number) : "null");
        } else if (value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            string(value.toString());
        }
    }

    private void all(char open, char close, List<?> values, int depth) {
        text.append(open);
        // One line for each element of the outer levels, so that results can be compared by lines.
        String between = depth < 2 ? "\n" + "  ".repeat(depth + 1) : " ";
        for (int index = 0; index < values.size(); index++) {
            text.append(index > 0 ? "," : "").append(depth < 2 || index > 0 ? between : "");
            value(values.get(index), depth + 1);
        }
        text.append(depth < 2 && !values.isEmpty() ? "\n" + "  ".repeat(depth) : "")
                .append(close);
    }

    private void string(String value) {
        text.append('"');
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            if (character == '"' || character == '\\') {
                text.append('\\').append(character);
            } else if (character < ' ') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                text.append(character);
            }
        }
        text.append('"');
    }
}
