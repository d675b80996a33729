package org.penstock.benchmarks.macro.load;

import java.util.List;
import java.util.Locale;

/** What clients do all the time. */
public enum Workload {
    POINT_SELECT("one row by its key, text protocol"),
    POINT_SELECT_PS("one row by its key, prepared"),
    READ_ONLY("transactions of 14 reads"),
    READ_WRITE("transactions of 14 reads and 4 writes"),
    SCAN("100,000 rows"),
    CONNECT("connect, one query, close");

    private final String description;

    Workload(String description) {
        this.description = description;
    }

    /** The word for it in options and results. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String description() {
        return description;
    }

    /** The numbers of clients that it is measured with. */
    public List<Integer> clients() {
        return switch (this) {
            case POINT_SELECT, POINT_SELECT_PS -> List.of(1, 8, 64);
            case READ_ONLY, READ_WRITE -> List.of(8, 64);
            case SCAN, CONNECT -> List.of(8);
        };
    }

    /** Whether an event is one small query by key. */
    public boolean isPointSelect() {
        return this == POINT_SELECT || this == POINT_SELECT_PS;
    }
}
