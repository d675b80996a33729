package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/**
 * The cost of a short statement, against the look-up of each of its bytes in a table, so that a slow or busy machine changes nothing: 12
 * look-ups are 300 ns where one takes 25. The exact figures are those of {@code benchmarks/jmh}.
 */
class ClassifierSpeedTest {

    private static final double MAX_RATIO = 12;
    private static final int CALLS = 5000;
    private static final int BATCHES = 150;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final byte[] sql =
            "SELECT SUM(k) FROM sbtest1 WHERE id BETWEEN 50123 AND 50222".getBytes(StandardCharsets.UTF_8);
    private final byte[] classes = new byte[256];
    private final Classifier classifier = new Classifier();
    private final Classification statement = new Classification();
    private long sink;

    private long classify() {
        classifier.classify(sql, 0, sql.length, Dialect.DEFAULT, statement);
        return statement.canonicalHash();
    }

    private long lookUp() {
        int sum = 0;
        for (byte value : sql) {
            sum += classes[value & 0xff];
        }
        return sum;
    }

    @Test
    void shouldCostFewLookUpsAndNoMemoryWhenAStatementIsShort() {
        double classify = Double.MAX_VALUE;
        double lookUp = Double.MAX_VALUE;
        for (int i = 0; i < BATCHES; i++) {
            classify = Math.min(classify, nanos(this::classify));
            lookUp = Math.min(lookUp, nanos(this::lookUp));
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            sink += classify();
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(classify / lookUp)
                .as("%s ns, a look-up %s ns", classify, lookUp)
                .isLessThan(MAX_RATIO);
        assertThat(allocated).as("bytes in %s calls, sum %s", CALLS, sink).isLessThan(CALLS);
    }

    private double nanos(LongSupplier call) {
        long from = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < CALLS; i++) {
            sink += call.getAsLong();
        }
        return (double) (THREADS.getCurrentThreadCpuTime() - from) / CALLS;
    }
}
