package org.penstock.core.store;

import java.nio.file.Path;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.session.LogSink;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.Store;

/** The context of one configured instance, on the core's stores and log files. */
@AnyThread
public final class DefaultModuleContext implements ModuleContext {
    private final String name;
    private final Store store;
    private final LogSinks sinks;

    public DefaultModuleContext(ObjectKind kind, String name, Stores stores, LogSinks sinks) {
        this.name = name;
        this.store = stores.store(kind, name);
        this.sinks = sinks;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public LogSink log(Path file, LogSink.Options options) {
        return sinks.open(file, options);
    }
}
