package org.penstock.api.monitor;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.penstock.api.annotation.Blocking;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.ModuleState;

/** One configured monitor; a DS component registered as a service under this interface. */
@ConsumerType
public interface Monitor {
    /** Called once before the first tick of this generation. */
    @Blocking
    default void start(ModuleContext context) {}

    /** Called once after its last tick. */
    @Blocking
    default void stop() {}

    /** How this monitor wants to be run; read before each tick. */
    MonitorSchedule schedule();

    /** Looks at all servers once; completes with a report for each server that it has a verdict on. Servers in maintenance are not asked. */
    CompletionStage<Map<String, ServerReport>> tick(MonitorContext context);

    /** State for the successor; called between two ticks. */
    default ModuleState exportState() {
        return ModuleState.NONE;
    }

    /** Takes over the state of a predecessor, before the first tick. */
    default void importState(ModuleState state) {}
}
