package org.penstock.benchmarks.macro.report;

import java.util.Locale;

/** Numbers as a reader wants them: three significant digits, a dash for none. */
final class Numbers {
    private Numbers() {}

    static String of(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }

    /** A ratio, or a dash without a base. */
    static String ratio(double value, double base) {
        return base > 0 ? of(value / base) : "-";
    }
}
