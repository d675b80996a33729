package org.penstock.benchmarks.macro.report;

/**
 * A start of one target, the median of several; figures that there are not are NaN.
 *
 * @param readySeconds from the start of the process until every listener was open
 * @param querySeconds until a client had the answer to its first query
 * @param cpuSeconds CPU time of the process until then
 * @param residentMib memory of the process when it had been idle for a while
 */
public record StartFigure(
        String target, double readySeconds, double querySeconds, double cpuSeconds, double residentMib) {}
