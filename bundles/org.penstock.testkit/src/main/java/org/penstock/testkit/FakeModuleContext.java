package org.penstock.testkit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.penstock.api.session.LogSink;
import org.penstock.api.session.ModuleContext;

/** The context of one configured name with its store and log files in memory; give the same one to every generation of that name. */
public final class FakeModuleContext implements ModuleContext {
    private final String name;
    private final FakeStore store = new FakeStore();
    private final Map<Path, FakeLogFile> files = new LinkedHashMap<>();

    public FakeModuleContext(String name) {
        this.name = name;
    }

    /** The content of a log file, its header included; empty when it was never opened. */
    public List<String> lines(String file) {
        FakeLogFile log = files.get(Path.of(file));
        return log == null ? List.of() : log.lines();
    }

    /** Names of the log files that were opened. */
    public Set<Path> files() {
        return Set.copyOf(files.keySet());
    }

    /** The log file of that name, made if need be. */
    public FakeLogFile file(String file) {
        return files.computeIfAbsent(Path.of(file), key -> new FakeLogFile());
    }

    /** The sum of a counter of the store. */
    public long count(String counter) {
        return store.counter(counter).sum();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public FakeStore store() {
        return store;
    }

    @Override
    public LogSink log(Path file, LogSink.Options options) {
        return file(file.toString()).open(options);
    }
}
