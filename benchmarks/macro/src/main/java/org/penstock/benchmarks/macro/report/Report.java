package org.penstock.benchmarks.macro.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.penstock.benchmarks.macro.BenchmarkException;

/** The files of a run, written anew after each step, so that an interrupted run leaves what it had. */
public final class Report {
    private final Results results;
    private final Path directory;

    public Report(Results results, Path directory) {
        this.results = results;
        this.directory = directory;
    }

    /** Writes {@code result.md} and {@code result.json}; returns the former's text. */
    public String write() {
        String markdown = Markdown.of(results);
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("result.md"), markdown);
            Files.writeString(directory.resolve("result.json"), JsonReport.of(results));
        } catch (IOException e) {
            throw new BenchmarkException(
                    "the result cannot be written to " + directory + ": " + e + "; name another directory with --out",
                    e);
        }
        return markdown;
    }
}
