package org.penstock.benchmarks.macro.targets;

import org.jspecify.annotations.Nullable;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.client.Endpoint;

/**
 * What a load generator is pointed at.
 *
 * @param name the word for it in results
 * @param kind what it is; null for a proxy that the user has started
 * @param address where it listens
 * @param pid its process; null for a server without a proxy, whose CPU time is not measured
 */
public record Target(String name, @Nullable Kind kind, Endpoint address, @Nullable Long pid) {
    /** What is put before the name of a service of the second distribution. */
    public static final String BASELINE = "baseline-";

    /** From {@code NAME=HOST:PORT:PID}. */
    public static Target parse(String text) {
        int equals = text.indexOf('=');
        int colon = text.lastIndexOf(':');
        if (equals < 1 || colon < equals) {
            throw new BenchmarkException("--target '" + text + "' is not NAME=HOST:PORT:PID");
        }
        try {
            long pid = Long.parseLong(text.substring(colon + 1));
            if (ProcessHandle.of(pid).isEmpty()) {
                throw new BenchmarkException("--target " + text + ": there is no process " + pid);
            }
            return new Target(text.substring(0, equals), null, Endpoint.parse(text.substring(equals + 1, colon)), pid);
        } catch (NumberFormatException e) {
            throw new BenchmarkException("--target '" + text + "' is not NAME=HOST:PORT:PID", e);
        }
    }

    /** Whether it is a JVM that the benchmark has started. */
    public boolean isJvm() {
        return kind != null && kind.isJvm();
    }

    public boolean is(Kind wanted) {
        return kind == wanted && !isBaseline();
    }

    /** Whether it belongs to the second distribution. */
    public boolean isBaseline() {
        return name.startsWith(BASELINE);
    }
}
