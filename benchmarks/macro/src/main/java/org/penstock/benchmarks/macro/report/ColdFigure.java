package org.penstock.benchmarks.macro.report;

/**
 * A fresh process under load at once.
 *
 * @param seconds from the first statement to the first second with 90 % of the steady throughput
 * @param steady statements a second in the last quarter of the run
 * @param first statements in the first second
 */
public record ColdFigure(String target, double seconds, double steady, double first) {}
