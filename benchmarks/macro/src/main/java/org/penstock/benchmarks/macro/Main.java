package org.penstock.benchmarks.macro;

import java.util.List;
import org.penstock.benchmarks.macro.process.Workspace;
import org.penstock.benchmarks.macro.report.Report;
import org.penstock.benchmarks.macro.report.Results;
import org.penstock.benchmarks.macro.step.Bench;
import org.penstock.benchmarks.macro.step.Colds;
import org.penstock.benchmarks.macro.step.Huge;
import org.penstock.benchmarks.macro.step.Idles;
import org.penstock.benchmarks.macro.step.Preparation;
import org.penstock.benchmarks.macro.step.Starts;
import org.penstock.benchmarks.macro.step.Throughput;

/** The command {@code benchmarks/macro/run}. Prints the result as Markdown; progress goes to standard error. */
public final class Main {
    private static final int MISUSE = 64;

    private Main() {}

    /** Exit status: 64 wrong options, 1 something could not be measured. */
    public static void main(String[] args) {
        Options options;
        try {
            options = Options.parse(List.of(args));
        } catch (BenchmarkException e) {
            System.err.println("macro: " + e.getMessage() + "; see --help");
            System.exit(MISUSE);
            return;
        }
        if (options.help()) {
            System.out.print(Options.USAGE);
            return;
        }
        System.exit(run(options));
    }

    private static int run(Options options) {
        Results results = new Results();
        try (Workspace workspace = Workspace.open()) {
            Report report = new Report(results, options.out());
            // Before anything is measured, so that a directory which cannot be written costs no run.
            report.write();
            Bench bench = Preparation.of(options, workspace, results);
            measure(bench, report);
            System.out.print(report.write());
            return results.failed() ? 1 : 0;
        } catch (BenchmarkException e) {
            System.err.println("macro: " + e.getMessage());
            return 1;
        }
    }

    private static void measure(Bench bench, Report report) {
        Options options = bench.options();
        if (options.step("start")) {
            new Starts(bench).run();
        }
        if (options.step("cold")) {
            new Colds(bench).run();
        }
        if (!options.rows().isEmpty()) {
            new Throughput(bench, report).run();
        }
        if (options.step("huge")) {
            new Huge(bench).run();
        }
        if (options.step("idle")) {
            new Idles(bench).run();
        }
    }
}
