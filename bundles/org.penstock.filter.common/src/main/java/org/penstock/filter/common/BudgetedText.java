package org.penstock.filter.common;

import java.util.function.IntUnaryOperator;

/** Bytes as characters of the same value, 0 to 255, that may be read a bounded number of times. */
final class BudgetedText implements CharSequence {
    private final IntUnaryOperator source;
    private final int length;
    private final long budget;
    private long steps;

    BudgetedText(IntUnaryOperator source, int length, long budget) {
        this.source = source;
        this.length = length;
        this.budget = budget;
    }

    @Override
    public char charAt(int index) {
        if (++steps > budget) {
            throw new PatternCostException("more than " + budget + " steps");
        }
        return (char) (source.applyAsInt(index) & 0xFF);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        throw new UnsupportedOperationException("positions are used, not text");
    }

    @Override
    public String toString() {
        return "BudgetedText[" + length + "]";
    }
}
