package org.penstock.benchmarks.macro.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.penstock.benchmarks.macro.BenchmarkException;

/**
 * What the kernel says of a process at one moment, from {@code /proc}.
 *
 * @param cpuMillis user and system time of all its threads, those that have ended included
 * @param switches voluntary context switches of the threads that it has now
 * @param residentKib resident memory
 */
public record ProcessSample(long cpuMillis, long switches, long residentKib) {
    private static final int USER_TIME = 11;
    private static final long TICKS_PER_SECOND = ticksPerSecond();

    public static ProcessSample of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return new ProcessSample(cpuMillis(process), switches(process), field(process.resolve("status"), "VmRSS:"));
        } catch (IOException e) {
            throw new BenchmarkException(
                    "process " + pid + " cannot be observed: it has ended, or belongs to another user", e);
        }
    }

    private static long cpuMillis(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        // The name in parentheses may hold blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
        return ticks * TimeUnit.SECONDS.toMillis(1) / TICKS_PER_SECOND;
    }

    private static long switches(Path process) throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                try {
                    sum += field(thread.resolve("status"), "voluntary_ctxt_switches:");
                } catch (IOException ended) {
                    // A thread may end while the others are counted.
                }
            }
        }
        return sum;
    }

    private static long field(Path status, String name) throws IOException {
        return Files.readString(status, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private static long ticksPerSecond() {
        try {
            Process process = new ProcessBuilder("getconf", "CLK_TCK").start();
            return Long.parseLong(
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException e) {
            return 100;
        }
    }
}
