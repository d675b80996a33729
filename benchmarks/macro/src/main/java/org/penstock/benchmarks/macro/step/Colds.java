package org.penstock.benchmarks.macro.step;

import java.util.List;
import java.util.function.Supplier;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.load.Row;
import org.penstock.benchmarks.macro.load.Workload;
import org.penstock.benchmarks.macro.report.ColdFigure;
import org.penstock.benchmarks.macro.targets.Kind;
import org.penstock.benchmarks.macro.targets.Started;

/** A fresh process under full load from its first moment: when has it reached what it can do? */
public final class Colds {
    private static final double STEADY = 0.9;
    private static final Row ROW = new Row(Workload.POINT_SELECT, 8);

    private final Bench bench;

    public Colds(Bench bench) {
        this.bench = bench;
    }

    public void run() {
        new Fresh(bench)
                .of(Kind.HAPROXY, Kind.RELAY, Kind.READCONNROUTE, Kind.READWRITESPLIT)
                .forEach(this::measure);
    }

    private void measure(String name, Supplier<Started> start) {
        System.err.println("Cold start: " + name);
        try {
            Started started = start.get();
            try {
                started.awaitQuery();
                List<Double> rates = bench.load()
                        .run(started.address(), ROW, bench.options().number("cold"))
                        .perSecond();
                bench.results().add(figure(name, rates));
            } finally {
                bench.workspace().end(started.process());
            }
        } catch (BenchmarkException e) {
            bench.results().failure("cold start, " + name + ": " + e.getMessage());
        }
    }

    /** From the statements of each second: a second counts when the one behind it is as good. */
    static ColdFigure figure(String name, List<Double> rates) {
        if (rates.isEmpty()) {
            throw new BenchmarkException("the run was too short, see --cold");
        }
        List<Double> last = rates.subList(rates.size() * 3 / 4, rates.size());
        double steady = last.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        int second = 0;
        while (second + 1 < rates.size() && Math.min(rates.get(second), rates.get(second + 1)) < STEADY * steady) {
            second++;
        }
        return new ColdFigure(name, second + 1, steady, rates.get(0));
    }
}
