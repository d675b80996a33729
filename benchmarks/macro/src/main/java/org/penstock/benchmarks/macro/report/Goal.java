package org.penstock.benchmarks.macro.report;

/**
 * A target of the project beside what was measured.
 *
 * @param what the figure
 * @param measured its value
 * @param target the bound, in words
 * @param met whether it holds
 */
public record Goal(String what, String measured, String target, boolean met) {
    /** A value that must not exceed a bound. */
    static Goal atMost(String what, double value, double bound, String unit) {
        return new Goal(what, Numbers.of(value) + unit, "at most " + Numbers.of(bound) + unit, value <= bound);
    }
}
