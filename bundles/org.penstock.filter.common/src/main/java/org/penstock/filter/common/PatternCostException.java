package org.penstock.filter.common;

/** A pattern needed more steps or more depth for one text than it may take. */
public final class PatternCostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PatternCostException(String message) {
        super(message, null, false, false);
    }
}
