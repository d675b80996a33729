package org.penstock.shell.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.penstock.api.admin.Table;

/**
 * A table as text; every form ends without a line end.
 *
 * <pre>
 * Server | Address   | Port | Status
 * -------+-----------+------+----------------
 * s1     | 127.0.0.1 | 3306 | Master, Running
 * </pre>
 */
public final class TableText {
    private TableText() {}

    public static String of(Table table, OutputForm form) {
        return switch (form) {
            case PLAIN -> plain(table);
            case TSV -> tsv(table);
            case JSON -> JsonText.of(rows(table));
        };
    }

    static List<Map<String, String>> rows(Table table) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> row : table.rows()) {
            Map<String, String> cells = new LinkedHashMap<>();
            for (int column = 0; column < table.columns().size(); column++) {
                cells.put(table.columns().get(column), cell(row, column));
            }
            rows.add(cells);
        }
        return rows;
    }

    private static String tsv(Table table) {
        List<String> lines = new ArrayList<>();
        lines.add(tabbed(table.columns()));
        table.rows().forEach(row -> lines.add(tabbed(row)));
        return String.join("\n", lines);
    }

    private static String tabbed(List<String> cells) {
        return String.join("\t", cells.stream().map(TableText::oneLine).toList());
    }

    private static String plain(Table table) {
        int columns = table.columns().size();
        List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 0));
        List<Boolean> numeric = new ArrayList<>(Collections.nCopies(columns, true));
        measure(table.columns(), widths);
        for (List<String> row : table.rows()) {
            measure(row, widths);
            for (int column = 0; column < columns; column++) {
                if (!isNumber(cell(row, column))) {
                    numeric.set(column, false);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(table.columns(), widths, numeric));
        lines.add(String.join("-+-", widths.stream().map("-"::repeat).toList()));
        table.rows().forEach(row -> lines.add(line(row, widths, numeric)));
        return String.join("\n", lines);
    }

    private static void measure(List<String> row, List<Integer> widths) {
        for (int column = 0; column < widths.size(); column++) {
            widths.set(column, Math.max(widths.get(column), width(oneLine(cell(row, column)))));
        }
    }

    private static String line(List<String> row, List<Integer> widths, List<Boolean> numeric) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < widths.size(); column++) {
            String text = oneLine(cell(row, column));
            String pad = " ".repeat(widths.get(column) - width(text));
            cells.add(numeric.get(column) ? pad + text : text + pad);
        }
        return String.join(" | ", cells).stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-');
    }

    private static String cell(List<String> row, int column) {
        return column < row.size() ? row.get(column) : "";
    }

    /** Control characters would break the line or reach the terminal. */
    static String oneLine(String text) {
        return text.codePoints().anyMatch(Character::isISOControl) ? text.replaceAll("\\p{Cntrl}", " ") : text;
    }
}
