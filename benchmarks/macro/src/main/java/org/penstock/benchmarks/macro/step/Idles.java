package org.penstock.benchmarks.macro.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.client.HoldMain;
import org.penstock.benchmarks.macro.process.Child;
import org.penstock.benchmarks.macro.process.Java;
import org.penstock.benchmarks.macro.process.Jvm;
import org.penstock.benchmarks.macro.process.Pause;
import org.penstock.benchmarks.macro.process.ProcessSample;
import org.penstock.benchmarks.macro.report.IdleFigure;
import org.penstock.benchmarks.macro.targets.Haproxy;
import org.penstock.benchmarks.macro.targets.Kind;
import org.penstock.benchmarks.macro.targets.Penstock;
import org.penstock.benchmarks.macro.targets.Servers;
import org.penstock.benchmarks.macro.targets.Started;

/** Sessions that have run one query and keep still, in front of servers of their own with a pool of threads. */
public final class Idles {
    private static final int BESIDE_SESSIONS = 1000;
    private static final int FIRST = 200;
    private static final int KIB = 1024;
    private static final long SETTLE_MILLIS = 2000;
    private static final Duration OPEN = Duration.ofMinutes(10);
    private static final String SESSIONS = "sessions, each with its own connections";
    private static final String POOLED = "connections in the pool";
    private static final String FROM_POOL = "sessions, with connections from the pool";

    private final Bench bench;
    private final Fresh fresh;
    private final int descriptors = descriptors();

    public Idles(Bench bench) {
        this.bench = bench;
        fresh = new Fresh(bench);
    }

    public void run() {
        Servers servers = bench.options().servers().orElseGet(this::servers);
        for (int count : bench.options().numbers("idle")) {
            for (Kind kind : List.of(Kind.HAPROXY, Kind.READCONNROUTE, Kind.POOL, Kind.READWRITESPLIT)) {
                if (bench.options().kinds().contains(kind)) {
                    attempt(kind, servers, count);
                }
            }
        }
    }

    private void attempt(Kind kind, Servers servers, int wanted) {
        int each = 1 + (kind == Kind.READWRITESPLIT ? servers.all().size() : 1);
        int count = Math.min(wanted, (descriptors - BESIDE_SESSIONS) / each);
        String what = wanted + " idle sessions, " + kind.word();
        if (count < wanted) {
            bench.results()
                    .note(what + ": " + count + " opened, with " + each
                            + " descriptors each; the limit of open files (ulimit -Hn) is " + descriptors);
        }
        System.err.println(what);
        try {
            switch (kind) {
                case HAPROXY -> haproxy(servers, count);
                case POOL -> pool(servers, count);
                default -> penstock(kind, servers, count);
            }
        } catch (BenchmarkException e) {
            bench.results().failure(what + ": " + e.getMessage());
        }
    }

    private void penstock(Kind kind, Servers servers, int count) {
        Penstock penstock = fresh.penstock(kind, servers, 0);
        try (Jvm jvm = Jvm.attach(penstock.process().pid())) {
            Endpoint address = penstock.service(kind).address();
            Weight before = settled(jvm, penstock, address);
            Child held = hold(address, count);
            add(kind, SESSIONS, count, before, weigh(jvm, penstock));
            release(held);
        } finally {
            bench.workspace().end(penstock.process());
        }
    }

    private void pool(Servers servers, int count) {
        Penstock penstock = fresh.penstock(Kind.POOL, servers, count * 2);
        try (Jvm jvm = Jvm.attach(penstock.process().pid())) {
            Endpoint address = penstock.service(Kind.POOL).address();
            Weight before = settled(jvm, penstock, address);
            release(hold(address, count));
            add(Kind.POOL, POOLED, count, before, weigh(jvm, penstock));
            Child held = hold(address, count);
            add(Kind.POOL, FROM_POOL, count, before, weigh(jvm, penstock));
            release(held);
        } finally {
            bench.workspace().end(penstock.process());
        }
    }

    private void haproxy(Servers servers, int count) {
        Started haproxy = Haproxy.start(
                bench.workspace(), servers.primary(), bench.options().number("threads"), count + FIRST);
        try {
            haproxy.awaitQuery();
            long pid = haproxy.process().pid();
            release(hold(haproxy.address(), FIRST));
            long before = ProcessSample.of(pid).residentKib();
            Child held = hold(haproxy.address(), count);
            long after = ProcessSample.of(pid).residentKib();
            release(held);
            bench.results()
                    .add(new IdleFigure(
                            Kind.HAPROXY.word(),
                            SESSIONS,
                            count,
                            Double.NaN,
                            (double) (after - before) * KIB / count,
                            (double) after / KIB));
        } finally {
            bench.workspace().end(haproxy.process());
        }
    }

    /** What the process weighs once code is loaded and pools have their size. */
    private Weight settled(Jvm jvm, Penstock penstock, Endpoint address) {
        release(hold(address, Math.min(FIRST, bench.options().numbers("idle").get(0))));
        weigh(jvm, penstock);
        return weigh(jvm, penstock);
    }

    private static Weight weigh(Jvm jvm, Penstock penstock) {
        return new Weight(
                jvm.liveHeap(),
                jvm.directMemory(),
                ProcessSample.of(penstock.process().pid()).residentKib());
    }

    private void add(Kind kind, String what, int count, Weight before, Weight after) {
        bench.results()
                .add(new IdleFigure(
                        kind.word(),
                        what,
                        count,
                        (double) (after.heap - before.heap) / count,
                        (double) (after.direct - before.direct) / count,
                        (double) after.residentKib / KIB));
    }

    private Child hold(Endpoint address, int count) {
        Child held = bench.workspace()
                .start(
                        "hold",
                        Java.own(
                                List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                                HoldMain.class,
                                address.toString(),
                                Integer.toString(count)));
        held.awaitLine("OPEN", OPEN);
        return held;
    }

    private void release(Child held) {
        try {
            held.input().close();
        } catch (IOException ended) {
            // It has closed its side before.
        }
        held.awaitEnd(OPEN);
        bench.workspace().end(held);
        Pause.millis(SETTLE_MILLIS);
    }

    private Servers servers() {
        int most = descriptors - BESIDE_SESSIONS + FIRST;
        return Servers.start(
                bench.workspace(),
                bench.options().home(),
                2,
                List.of(
                        "--server-option", "--max-connections=" + most,
                        "--server-option", "--thread-handling=pool-of-threads",
                        "--server-option", "--performance-schema=OFF"));
    }

    private static int descriptors() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line ->
                            line.substring("Max open files".length()).strip().split(" +")[0])
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(BESIDE_SESSIONS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Weight(long heap, long direct, long residentKib) {}
}
