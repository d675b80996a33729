package org.penstock.api.admin;

import java.util.List;

/**
 * What {@code show} prints of one object: labelled values in order, then tables.
 *
 * @param title kind and name
 * @param entries labelled values
 * @param tables titled tables behind them
 */
public record Details(String title, List<Entry> entries, List<Section> tables) {
    /** One labelled value. */
    public record Entry(String label, String value) {}

    /** A titled table. */
    public record Section(String title, Table table) {}

    public Details {
        entries = List.copyOf(entries);
        tables = List.copyOf(tables);
    }
}
