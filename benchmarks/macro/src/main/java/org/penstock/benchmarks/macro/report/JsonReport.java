package org.penstock.benchmarks.macro.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results as JSON: every run, the figures of each row, those of the other steps, and the targets. */
final class JsonReport {
    private JsonReport() {}

    static String of(Results results) {
        return Json.of(object(
                "facts", results.facts(),
                "notes", results.notes(),
                "rows",
                        results.rows().stream()
                                .flatMap(row -> results.cells(row).stream())
                                .map(JsonReport::cell)
                                .toList(),
                "runs", results.runs().stream().map(JsonReport::run).toList(),
                "pairs", Pairs.of(results).stream().map(JsonReport::pair).toList(),
                "starts", results.starts().stream().map(JsonReport::start).toList(),
                "colds", results.colds().stream().map(JsonReport::cold).toList(),
                "idles", results.idles().stream().map(JsonReport::idle).toList(),
                "huges", results.huges().stream().map(JsonReport::huge).toList(),
                "targets", Goals.of(results).stream().map(JsonReport::goal).toList()));
    }

    private static Map<String, Object> cell(Cell cell) {
        return object(
                "workload", cell.row().workload().word(),
                "clients", cell.row().clients(),
                "target", cell.target().name(),
                "cpuMicrosPerQuery", cell.cpuMicros(),
                "queriesPerSecond", cell.queriesPerSecond(),
                "p50Millis", cell.p50(),
                "p95Millis", cell.p95(),
                "p99Millis", cell.p99(),
                "switchesPerQuery", cell.switches(),
                "allocatedBytesPerQuery", cell.allocated(),
                "residentMib", cell.residentMib(),
                "errors", cell.errors());
    }

    private static Map<String, Object> run(Measurement run) {
        return object(
                "workload", run.row().workload().word(),
                "clients", run.row().clients(),
                "target", run.target().name(),
                "round", run.round(),
                "queries", run.load().queries(),
                "events", run.load().events(),
                "seconds", run.load().seconds(),
                "cpuMicrosPerQuery", run.cpuMicros(),
                "p99Millis", run.load().p99(),
                "perSecond", run.load().perSecond());
    }

    private static Map<String, Object> pair(Pairs pair) {
        return object(
                "workload", pair.row().workload().word(),
                "clients", pair.row().clients(),
                "target", pair.target(),
                "cpuRatios", pair.cpu(),
                "throughputRatios", pair.throughput());
    }

    private static Map<String, Object> start(StartFigure start) {
        return object(
                "target", start.target(),
                "readySeconds", start.readySeconds(),
                "querySeconds", start.querySeconds(),
                "cpuSeconds", start.cpuSeconds(),
                "residentMib", start.residentMib());
    }

    private static Map<String, Object> cold(ColdFigure cold) {
        return object(
                "target", cold.target(), "seconds", cold.seconds(), "steady", cold.steady(), "first", cold.first());
    }

    private static Map<String, Object> idle(IdleFigure idle) {
        return object(
                "target", idle.target(),
                "what", idle.what(),
                "count", idle.count(),
                "heapBytes", idle.heapBytes(),
                "directBytes", idle.directBytes(),
                "residentMib", idle.residentMib());
    }

    private static Map<String, Object> huge(HugeFigure huge) {
        return object(
                "target", huge.target(),
                "gib", huge.gib(),
                "heapKib", huge.heapKib(),
                "directKib", huge.directKib(),
                "residentKib", huge.residentKib());
    }

    private static Map<String, Object> goal(Goal goal) {
        return object("what", goal.what(), "measured", goal.measured(), "target", goal.target(), "met", goal.met());
    }

    private static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        List<Object> left = List.of(members);
        for (int index = 0; index < left.size(); index += 2) {
            object.put(left.get(index).toString(), left.get(index + 1));
        }
        return object;
    }
}
