package org.penstock.api.module;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.penstock.api.annotation.Blocking;

/**
 * One command of a module, registered as a service; properties {@code penstock.module} and {@code penstock.command} name it.
 * Runs on an administration thread; may block within the interface's time limit. An {@link IllegalArgumentException} is shown as wrong use, any other exception as failure.
 */
@ConsumerType
public interface ModuleCommand {
    /** One line: what it does. */
    String description();

    /** Names of its arguments in order; an optional one ends in {@code ?}. */
    List<String> arguments();

    /** Runs it and returns the text to show. */
    @Blocking
    String run(List<String> arguments);
}
