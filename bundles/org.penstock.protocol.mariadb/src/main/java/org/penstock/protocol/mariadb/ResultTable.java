package org.penstock.protocol.mariadb;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.api.server.QueryResult;

/** A result whose columns are found by name, without regard to case, in one step. A column that the server does not have is empty in all rows. */
final class ResultTable {
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<List<@Nullable String>> rows;

    ResultTable(QueryResult result) {
        this.rows = result.rows();
        for (int i = 0; i < result.columns().size(); i++) {
            columns.putIfAbsent(result.columns().get(i).toLowerCase(Locale.ROOT), i);
        }
    }

    int size() {
        return rows.size();
    }

    /** The value, empty for NULL and for a missing column. The name is in lower case. */
    String text(int row, String column) {
        Integer index = columns.get(column);
        String value = index == null ? null : rows.get(row).get(index);
        return value == null ? "" : value;
    }

    /** Whether there was a result at all, however many rows it has. */
    boolean hasColumns() {
        return !columns.isEmpty();
    }

    /** The value as a whole number, also ON and OFF; the other one for what is none. */
    long number(int row, String column, long otherwise) {
        String text = text(row, column);
        try {
            return text.isEmpty() ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return text.equalsIgnoreCase("ON") ? 1 : otherwise;
        }
    }

    boolean yes(int row, String column) {
        return text(row, column).equalsIgnoreCase("Y");
    }
}
