package org.penstock.benchmarks.sql;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The same figures on a machine that is busy with other work: the thread's CPU time instead of the clock. What is measured takes turns in short
 * batches, floors included, so that a busy moment meets all of them; of each the least batch counts. Prints nanoseconds for each statement,
 * the ratio to the look-up of each byte in a table, and bytes allocated by a classification and by a structure. Arguments are names of
 * {@link Statements}; {@code MIX} is a random mix of those of sysbench.
 */
public final class CpuTime {

    private static final int BATCHES = 600;
    private static final int WARM_UP_BATCHES = 300;
    private static final long BATCH_NANOS = 250_000;
    private static final int ALLOCATION_CALLS = 1000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private CpuTime() {}

    public static void main(String[] arguments) {
        List<String> names = arguments.length > 0
                ? List.of(arguments)
                : Arrays.stream(Statements.values()).map(Enum::name).toList();
        System.out.printf("%-14s %8s %9s %9s %9s %9s %9s %6s %9s %9s%n",
                "statement", "bytes", "classify", "cached", "structure", "look-up", "hash", "ratio", "B/class.", "B/struct.");
        for (String name : names) {
            if (!name.equals("MIX")) {
                print(Statements.valueOf(name));
            }
        }
        if (arguments.length == 0 || names.contains("MIX")) {
            mix();
        }
    }

    private static void print(Statements statement) {
        ClassifierBenchmark benchmark = new ClassifierBenchmark();
        benchmark.statement = statement;
        boolean bulk = statement == Statements.BULK;
        LongSupplier structure = () -> bulk ? 0 : benchmark.structure().tables().size();
        double[] nanos = measure(
                benchmark::classify,
                () -> benchmark.structureFromCache().tables().size(),
                structure,
                benchmark::floorLookUp,
                benchmark::floorHash);
        System.out.printf("%-14s %8d %9.1f %9.1f %9.1f %9.1f %9.1f %6.1f %9d %9d%n",
                statement, statement.bytes.length, nanos[0], nanos[1], nanos[2], nanos[3], nanos[4],
                nanos[0] / nanos[3], allocated(benchmark::classify), allocated(structure));
    }

    private static void mix() {
        ClassifierBenchmark benchmark = new ClassifierBenchmark();
        Statements[] statements = Statements.sysbench();
        int[] turn = {0};
        double nanos = measure(() -> {
            turn[0] += 0x9e37_79b9;
            benchmark.statement = statements[(turn[0] >>> 16) % statements.length];
            return benchmark.classify();
        })[0];
        System.out.printf("%-14s %18.1f  = %.1f million statements per second of a core%n", "MIX", nanos, 1000 / nanos);
    }

    private static double[] measure(LongSupplier... calls) {
        int[] repeats = new int[calls.length];
        double[] best = new double[calls.length];
        Arrays.fill(repeats, 1);
        Arrays.fill(best, Double.MAX_VALUE);
        long sink = 0;
        for (int batch = 0; batch < WARM_UP_BATCHES + BATCHES; batch++) {
            for (int each = 0; each < calls.length; each++) {
                long from = THREADS.getCurrentThreadCpuTime();
                for (int i = 0; i < repeats[each]; i++) {
                    sink += calls[each].getAsLong();
                }
                long nanos = THREADS.getCurrentThreadCpuTime() - from;
                if (batch < WARM_UP_BATCHES) {
                    repeats[each] = nanos < BATCH_NANOS ? Math.min(repeats[each] * 2, 1 << 20) : repeats[each];
                } else {
                    best[each] = Math.min(best[each], (double) nanos / repeats[each]);
                }
            }
        }
        // A use of all results, so that none is left out.
        return sink == 42 ? new double[calls.length] : best;
    }

    private static long allocated(LongSupplier call) {
        long sink = 0;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ALLOCATION_CALLS; i++) {
            sink += call.getAsLong();
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        return sink == 42 ? 0 : bytes / ALLOCATION_CALLS;
    }
}
