package org.penstock.api.server;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The first result of a text query: column names and rows of text values, null for NULL. A statement without rows has no columns.
 *
 * @param columns names in order
 * @param rows values in order of the columns
 */
public record QueryResult(List<String> columns, List<List<@Nullable String>> rows) {
    /** Most rows of one result that the core keeps; more fail the question. */
    public static final int MAX_ROWS = 100_000;

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Value in a row by column name, without regard to case; null when the column does not exist or the value is NULL. */
    public @Nullable String value(int row, String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).toLowerCase(Locale.ROOT).equals(column.toLowerCase(Locale.ROOT))) {
                return rows.get(row).get(i);
            }
        }
        return null;
    }
}
