package org.penstock.benchmarks.macro.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.penstock.benchmarks.macro.load.Row;
import org.penstock.benchmarks.macro.targets.Kind;

/** The results as tables. */
final class Markdown {
    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private Markdown(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        Markdown markdown = new Markdown(results);
        markdown.facts();
        results.rows().forEach(markdown::row);
        markdown.pairs();
        markdown.starts();
        markdown.colds();
        markdown.idles();
        markdown.huges();
        markdown.goals();
        return markdown.text.toString();
    }

    private void facts() {
        for (Map.Entry<String, String> fact : results.facts().entrySet()) {
            text.append("- ")
                    .append(fact.getKey())
                    .append(": ")
                    .append(fact.getValue())
                    .append('\n');
        }
        results.notes()
                .forEach(note ->
                        text.append("- **").append(note.replace('\n', ' ')).append("**\n"));
    }

    private void row(Row row) {
        heading(row + ": " + row.workload().description());
        header(
                "target",
                "CPU, us/query",
                "to haproxy",
                "to relay",
                "queries/s",
                "to direct",
                "to haproxy",
                "p50, ms",
                "p95",
                "p99",
                "switches/query",
                "allocated, B/query",
                "resident, MiB",
                "errors");
        double haproxyCpu = results.cell(row, Kind.HAPROXY).map(Cell::cpuMicros).orElse(Double.NaN);
        double relayCpu = results.cell(row, Kind.RELAY).map(Cell::cpuMicros).orElse(Double.NaN);
        double direct =
                results.cell(row, Kind.DIRECT).map(Cell::queriesPerSecond).orElse(Double.NaN);
        double haproxy =
                results.cell(row, Kind.HAPROXY).map(Cell::queriesPerSecond).orElse(Double.NaN);
        for (Cell cell : results.cells(row)) {
            line(
                    cell.target().name(),
                    Numbers.of(cell.cpuMicros()),
                    Numbers.ratio(cell.cpuMicros(), haproxyCpu),
                    Numbers.ratio(cell.cpuMicros(), relayCpu),
                    Numbers.of(cell.queriesPerSecond()),
                    Numbers.ratio(cell.queriesPerSecond(), direct),
                    Numbers.ratio(cell.queriesPerSecond(), haproxy),
                    Numbers.of(cell.p50()),
                    Numbers.of(cell.p95()),
                    Numbers.of(cell.p99()),
                    Numbers.of(cell.switches()),
                    Numbers.of(cell.allocated()),
                    Numbers.of(cell.residentMib()),
                    Long.toString(cell.errors()));
        }
    }

    private void pairs() {
        List<Pairs> pairs = Pairs.of(results);
        if (!pairs.isEmpty()) {
            heading("Pairs: ratios to the baseline of the same round, the middle one (least to greatest)");
            header("row", "target", "CPU", "throughput");
            pairs.forEach(pair -> line(
                    pair.row().toString(), pair.target(), Pairs.summary(pair.cpu()), Pairs.summary(pair.throughput())));
        }
    }

    private void starts() {
        if (!results.starts().isEmpty()) {
            heading("Start");
            header("target", "READY, s", "first query, s", "CPU until then, s", "resident when idle, MiB");
            results.starts()
                    .forEach(start -> line(
                            start.target(),
                            Numbers.of(start.readySeconds()),
                            Numbers.of(start.querySeconds()),
                            Numbers.of(start.cpuSeconds()),
                            Numbers.of(start.residentMib())));
        }
    }

    private void colds() {
        if (!results.colds().isEmpty()) {
            heading("Cold start: point selects of 8 clients to a fresh process");
            header("target", "to 90 % of steady, s", "steady, queries/s", "first second, queries");
            results.colds()
                    .forEach(cold -> line(
                            cold.target(),
                            Numbers.of(cold.seconds()),
                            Numbers.of(cold.steady()),
                            Numbers.of(cold.first())));
        }
    }

    private void idles() {
        if (!results.idles().isEmpty()) {
            heading("Idle sessions");
            header(
                    "target",
                    "what",
                    "count",
                    "live heap each, B",
                    "direct memory each, B",
                    "sum, B",
                    "resident in all, MiB");
            results.idles()
                    .forEach(idle -> line(
                            idle.target(),
                            idle.what(),
                            Integer.toString(idle.count()),
                            Numbers.of(idle.heapBytes()),
                            Numbers.of(idle.directBytes()),
                            Numbers.of(idle.bytes()),
                            Numbers.of(idle.residentMib())));
        }
    }

    private void huges() {
        if (!results.huges().isEmpty()) {
            heading("A large result that its client does not read: growth of the process");
            header("target", "result, GiB", "live heap, KiB", "direct memory, KiB", "resident, KiB");
            results.huges()
                    .forEach(huge -> line(
                            huge.target(),
                            Integer.toString(huge.gib()),
                            Numbers.of(huge.heapKib()),
                            Numbers.of(huge.directKib()),
                            Numbers.of(huge.residentKib())));
        }
    }

    private void goals() {
        List<Goal> goals = Goals.of(results);
        if (!goals.isEmpty()) {
            heading("Targets");
            header("what", "measured", "target", "met");
            goals.forEach(goal -> line(goal.what(), goal.measured(), goal.target(), goal.met() ? "yes" : "**no**"));
        }
    }

    private void heading(String heading) {
        text.append("\n## ").append(heading).append("\n\n");
    }

    private void header(String... names) {
        line(names);
        line(Stream.of(names).map(name -> "---").toArray(String[]::new));
    }

    private void line(String... cells) {
        text.append(Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}
