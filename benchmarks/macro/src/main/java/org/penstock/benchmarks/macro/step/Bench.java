package org.penstock.benchmarks.macro.step;

import org.penstock.benchmarks.macro.Options;
import org.penstock.benchmarks.macro.load.Load;
import org.penstock.benchmarks.macro.process.Workspace;
import org.penstock.benchmarks.macro.report.Results;
import org.penstock.benchmarks.macro.targets.Servers;

/**
 * What every step of a run works with.
 *
 * @param servers the database servers in the background, with the table of the workloads
 */
public record Bench(Options options, Workspace workspace, Servers servers, Load load, Results results) {}
