package org.penstock.benchmarks.macro.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.penstock.benchmarks.macro.load.Row;
import org.penstock.benchmarks.macro.targets.Target;

/** Ratios of a service to its twin in another distribution, one for each round, so that what disturbs both falls out. */
record Pairs(Row row, String target, List<Double> cpu, List<Double> throughput) {

    /** Those of a run; empty without a second distribution. */
    static List<Pairs> of(Results results) {
        Map<String, Pairs> pairs = new LinkedHashMap<>();
        for (Measurement twin : results.runs()) {
            if (!twin.target().isBaseline()) {
                continue;
            }
            String name = twin.target().name().substring(Target.BASELINE.length());
            results.runs().stream()
                    .filter(run -> run.row().equals(twin.row())
                            && run.round() == twin.round()
                            && run.target().name().equals(name))
                    .forEach(run -> pairs.computeIfAbsent(
                                    twin.row() + name,
                                    key -> new Pairs(twin.row(), name, new ArrayList<>(), new ArrayList<>()))
                            .add(run, twin));
        }
        return List.copyOf(pairs.values());
    }

    private void add(Measurement run, Measurement twin) {
        ToDoubleFunction<Measurement> rate = each -> each.load().queriesPerSecond();
        cpu.add(run.cpuMicros() / twin.cpuMicros());
        throughput.add(rate.applyAsDouble(run) / rate.applyAsDouble(twin));
    }

    /** The middle one, with the least and the greatest. */
    static String summary(List<Double> ratios) {
        return Numbers.of(median(ratios)) + " (" + Numbers.of(Collections.min(ratios)) + " to "
                + Numbers.of(Collections.max(ratios)) + ")";
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
