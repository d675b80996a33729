package org.penstock.benchmarks.macro.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.penstock.benchmarks.macro.load.Row;
import org.penstock.benchmarks.macro.targets.Kind;
import org.penstock.benchmarks.macro.targets.Target;

/** What a run has measured so far. For one thread. */
public final class Results {
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<Measurement> runs = new ArrayList<>();
    private final Map<Key, Double> allocated = new LinkedHashMap<>();
    private final List<StartFigure> starts = new ArrayList<>();
    private final List<ColdFigure> colds = new ArrayList<>();
    private final List<IdleFigure> idles = new ArrayList<>();
    private final List<HugeFigure> huges = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean failed;

    private record Key(Row row, String target) {}

    /** Says under what conditions it was measured. */
    public void fact(String name, String value) {
        facts.put(name, value);
    }

    public void add(Measurement run) {
        runs.add(run);
    }

    public void allocated(Row row, Target target, double bytes) {
        allocated.put(new Key(row, target.name()), bytes);
    }

    public void add(StartFigure figure) {
        starts.add(figure);
    }

    public void add(ColdFigure figure) {
        colds.add(figure);
    }

    public void add(IdleFigure figure) {
        idles.add(figure);
    }

    public void add(HugeFigure figure) {
        huges.add(figure);
    }

    /** Something that the reader must know. */
    public void note(String text) {
        System.err.println(text);
        notes.add(text);
    }

    /** Something that was to be measured and was not. */
    public void failure(String text) {
        failed = true;
        note(text);
    }

    public boolean failed() {
        return failed;
    }

    public Map<String, String> facts() {
        return facts;
    }

    public List<Measurement> runs() {
        return runs;
    }

    public List<StartFigure> starts() {
        return starts;
    }

    public List<ColdFigure> colds() {
        return colds;
    }

    public List<IdleFigure> idles() {
        return idles;
    }

    public List<HugeFigure> huges() {
        return huges;
    }

    public List<String> notes() {
        return notes;
    }

    /** The rows that have runs, in their order. */
    public List<Row> rows() {
        return runs.stream().map(Measurement::row).distinct().toList();
    }

    /** The figures of one row, in the order of the turns. */
    public List<Cell> cells(Row row) {
        Map<String, List<Measurement>> byTarget = new LinkedHashMap<>();
        runs.stream().filter(run -> run.row().equals(row)).forEach(run -> byTarget.computeIfAbsent(
                        run.target().name(), name -> new ArrayList<>())
                .add(run));
        return byTarget.entrySet().stream()
                .map(each -> Cell.of(each.getValue(), allocated.getOrDefault(new Key(row, each.getKey()), Double.NaN)))
                .toList();
    }

    /** The figures of one target in a row. */
    public Optional<Cell> cell(Row row, Kind kind) {
        return cells(row).stream().filter(cell -> cell.target().is(kind)).findFirst();
    }
}
