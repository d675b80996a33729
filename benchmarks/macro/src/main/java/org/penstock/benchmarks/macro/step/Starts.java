package org.penstock.benchmarks.macro.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.process.Child;
import org.penstock.benchmarks.macro.process.Pause;
import org.penstock.benchmarks.macro.process.ProcessSample;
import org.penstock.benchmarks.macro.report.StartFigure;
import org.penstock.benchmarks.macro.targets.Kind;
import org.penstock.benchmarks.macro.targets.Started;

/** The start: from the first instruction of the process, its script included, to the answer of the first query; each with an empty data directory. */
public final class Starts {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final long SETTLE_MILLIS = 3000;
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);
    private static final double KIB_PER_MIB = 1024;

    private final Bench bench;

    public Starts(Bench bench) {
        this.bench = bench;
    }

    public void run() {
        new Fresh(bench)
                .of(Kind.HAPROXY, Kind.RELAY, Kind.READCONNROUTE, Kind.READWRITESPLIT)
                .forEach(this::measure);
    }

    private void measure(String name, Supplier<Started> start) {
        List<StartFigure> figures = new ArrayList<>();
        try {
            for (int count = 0; count < bench.options().number("starts"); count++) {
                System.err.println("Start " + (count + 1) + ": " + name);
                figures.add(one(name, start.get()));
            }
        } catch (BenchmarkException e) {
            bench.results().failure("start, " + name + ": " + e.getMessage());
            return;
        }
        bench.results()
                .add(new StartFigure(
                        name,
                        median(figures, StartFigure::readySeconds),
                        median(figures, StartFigure::querySeconds),
                        median(figures, StartFigure::cpuSeconds),
                        median(figures, StartFigure::residentMib)));
    }

    private StartFigure one(String name, Started started) {
        Child process = started.process();
        try {
            double ready = Double.NaN;
            if (!name.equals(Kind.HAPROXY.word()) && !name.equals(Kind.RELAY.word())) {
                process.awaitLine("READY", READY);
                ready = (System.nanoTime() - process.startedNanos()) / NANOS;
            }
            double query = started.awaitQuery() / NANOS;
            double cpu = ProcessSample.of(process.pid()).cpuMillis() / MILLIS;
            Pause.millis(bench.options().quick() ? 0 : SETTLE_MILLIS);
            double resident = ProcessSample.of(process.pid()).residentKib() / KIB_PER_MIB;
            return new StartFigure(name, ready, query, cpu, resident);
        } finally {
            bench.workspace().end(process);
        }
    }

    private static double median(List<StartFigure> figures, ToDoubleFunction<StartFigure> figure) {
        return figures.stream()
                .mapToDouble(figure)
                .sorted()
                .skip((figures.size() - 1) / 2)
                .findFirst()
                .orElse(Double.NaN);
    }
}
