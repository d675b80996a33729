package org.penstock.api.session;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.AnyThread;

/** What one configured instance of a module is given when it starts. */
@ProviderType
@AnyThread
public interface ModuleContext {
    /** The configured name, the section's name in the configuration. */
    String name();

    /** The store of this configured name; every generation of it sees the same. */
    Store store();

    /**
     * A log file written off the loops. Sinks are shared by path: the second generation of an instance appends to the file of the first.
     *
     * @param file absolute, or relative to the log directory
     * @param options how the file is opened and rotated
     */
    LogSink log(Path file, LogSink.Options options);
}
