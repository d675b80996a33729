package org.penstock.benchmarks.macro.load;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.benchmarks.macro.BenchmarkException;

/** Reads what sysbench prints: its totals, the line of each second, and the histogram of latencies, which has more percentiles than it shows. */
final class SysbenchOutput {
    private static final Pattern QUERIES = Pattern.compile("(?m)^ +queries: +(\\d+)");
    private static final Pattern EVENTS = Pattern.compile("(?m)^ +total number of events: +(\\d+)");
    private static final Pattern SECONDS = Pattern.compile("(?m)^ +total time: +([0-9.]+)s");
    private static final Pattern ERRORS = Pattern.compile("(?m)^ +ignored errors: +(\\d+)");
    private static final Pattern INTERVAL = Pattern.compile("(?m)^\\[ \\d+s \\].* qps: ([0-9.]+)");
    private static final Pattern BUCKET = Pattern.compile("(?m)^ +([0-9.]+) \\|[* ]+ (\\d+)$");

    private SysbenchOutput() {}

    static LoadResult parse(String output) {
        List<Double> perSecond = new ArrayList<>();
        Matcher interval = INTERVAL.matcher(output);
        while (interval.find()) {
            perSecond.add(Double.valueOf(interval.group(1)));
        }
        return new LoadResult(
                Long.parseLong(field(output, QUERIES)),
                Long.parseLong(field(output, EVENTS)),
                Double.parseDouble(field(output, SECONDS)),
                percentile(output, 50),
                percentile(output, 95),
                percentile(output, 99),
                Long.parseLong(field(output, ERRORS)),
                perSecond);
    }

    private static String field(String output, Pattern pattern) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new BenchmarkException("sysbench printed no " + pattern + ": " + output);
        }
        return matcher.group(1);
    }

    /** Milliseconds, from a histogram with the middle of each bucket and its count. */
    private static double percentile(String output, int percent) {
        List<Double> values = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        Matcher bucket = BUCKET.matcher(output);
        long total = 0;
        while (bucket.find()) {
            values.add(Double.valueOf(bucket.group(1)));
            counts.add(Long.valueOf(bucket.group(2)));
            total += counts.get(counts.size() - 1);
        }
        long seen = 0;
        for (int index = 0; index < values.size(); index++) {
            seen += counts.get(index);
            if (seen * 100.0 >= (double) total * percent) {
                return values.get(index);
            }
        }
        return 0;
    }
}
