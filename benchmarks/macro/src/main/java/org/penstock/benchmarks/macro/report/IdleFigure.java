package org.penstock.benchmarks.macro.report;

/**
 * What sessions that keep still weigh; figures that there are not are NaN.
 *
 * @param what sessions or connections, and how they came to be
 * @param count how many there were
 * @param heapBytes live heap for each
 * @param directBytes direct memory for each; of a process that is no JVM the growth of its resident memory
 * @param residentMib the whole process while they were there
 */
public record IdleFigure(
        String target, String what, int count, double heapBytes, double directBytes, double residentMib) {
    /** Heap and direct memory of each. */
    double bytes() {
        return Double.isNaN(heapBytes) ? directBytes : heapBytes + directBytes;
    }
}
