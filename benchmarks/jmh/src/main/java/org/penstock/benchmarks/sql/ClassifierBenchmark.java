package org.penstock.benchmarks.sql;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.penstock.sql.Classification;
import org.penstock.sql.Classifier;
import org.penstock.sql.Dialect;
import org.penstock.sql.Structure;
import org.penstock.sql.StructureCache;
import org.penstock.sql.StructureScanner;

/** Classification, structure from the cache and without it, and two floors: a table look-up for each byte, and a hash of the raw bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClassifierBenchmark {

    @Param
    public Statements statement;

    private final Classifier classifier = new Classifier();
    private final Classification classification = new Classification();
    private final StructureCache cache = new StructureCache();
    private final StructureScanner scanner = new StructureScanner();
    private final byte[] classes = new byte[256];

    @Benchmark
    public long classify() {
        byte[] sql = statement.bytes;
        classifier.classify(sql, 0, sql.length, Dialect.DEFAULT, classification);
        return classification.types() + classification.canonicalHash();
    }

    @Benchmark
    public Structure structureFromCache() {
        byte[] sql = statement.bytes;
        classifier.classify(sql, 0, sql.length, Dialect.DEFAULT, classification);
        return cache.get(sql, 0, sql.length, Dialect.DEFAULT, classification);
    }

    @Benchmark
    public Structure structure() {
        byte[] sql = statement.bytes;
        return scanner.scan(sql, 0, sql.length, Dialect.DEFAULT, 0);
    }

    @Benchmark
    public int floorLookUp() {
        int sum = 0;
        for (byte value : statement.bytes) {
            sum += classes[value & 0xff];
        }
        return sum;
    }

    @Benchmark
    public long floorHash() {
        byte[] sql = statement.bytes;
        long hash = sql.length;
        int i = 0;
        for (; i + Long.BYTES <= sql.length; i += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(sql, i)) * 0x9e37_79b9_7f4a_7c15L;
        }
        for (; i < sql.length; i++) {
            hash = (hash ^ sql[i]) * 31;
        }
        return hash;
    }

    private static final java.lang.invoke.VarHandle LONGS =
            java.lang.invoke.MethodHandles.byteArrayViewVarHandle(long[].class, java.nio.ByteOrder.LITTLE_ENDIAN);
}
