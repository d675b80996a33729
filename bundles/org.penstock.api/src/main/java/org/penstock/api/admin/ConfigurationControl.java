package org.penstock.api.admin;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.Blocking;

/** Changes of the configuration at run time, by the configuration bundle: validated like a file, written first, then applied. */
@ProviderType
@Blocking
public interface ConfigurationControl {
    /**
     * What a change did, or in a dry run would do.
     *
     * @param lines one per object, such as {@code filter 'log': changed filebase}
     */
    record ChangeReport(List<String> lines) {
        public ChangeReport {
            lines = List.copyOf(lines);
        }
    }

    /** Changes parameters of an object; an empty value removes one. Returns when the new generation serves, throws when it was refused. */
    ChangeReport alter(ObjectKind kind, String name, Map<String, String> parameters);

    /** Makes an object. */
    ChangeReport create(ObjectKind kind, String name, Map<String, String> parameters);

    /** Removes an object that nothing uses. */
    ChangeReport destroy(ObjectKind kind, String name);

    /** Reads the files again and applies the difference; with {@code dryRun} only reports it. */
    ChangeReport reload(boolean dryRun);

    /** Parameters of an object that may be altered, for completion. */
    List<String> parameters(ObjectKind kind, String name);
}
