package org.penstock.api.admin;

import java.util.List;

/**
 * A table: column titles and rows of as many cells.
 *
 * @param columns titles
 * @param rows cells as text
 */
public record Table(List<String> columns, List<List<String>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
