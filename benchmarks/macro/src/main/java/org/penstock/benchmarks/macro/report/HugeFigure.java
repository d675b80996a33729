package org.penstock.benchmarks.macro.report;

/**
 * A process while a client leaves a large result unread.
 *
 * @param heapKib growth of the live heap
 * @param directKib growth of direct memory
 * @param residentKib growth of resident memory, with whatever else the JVM did meanwhile
 */
public record HugeFigure(String target, int gib, double heapKib, double directKib, double residentKib) {}
