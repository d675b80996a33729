package org.penstock.core.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.wire.packet.TextRow;

/** Rows of text results as strings. */
public final class TextRows {
    private TextRows() {}

    /** The values of one row in UTF-8; null for NULL. */
    public static List<@Nullable String> strings(byte[] payload, int columns) {
        List<@Nullable String> values = new ArrayList<>(columns);
        for (byte[] value : TextRow.decode(payload, columns)) {
            values.add(value == null ? null : new String(value, StandardCharsets.UTF_8));
        }
        return values;
    }
}
