package org.penstock.benchmarks.macro;

import org.jspecify.annotations.Nullable;

/** Something that ends the run or one of its steps; the message names what it is and the way out. */
public final class BenchmarkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchmarkException(String message) {
        super(message);
    }

    public BenchmarkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
