package org.penstock.itests.probe.contract;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.penstock.api.monitor.Monitor;
import org.penstock.api.monitor.MonitorContext;
import org.penstock.api.monitor.MonitorSchedule;
import org.penstock.api.monitor.ServerReport;

/** Throws at each tick. */
public final class ThrowingMonitor implements Monitor {
    public ThrowingMonitor(Map<String, Object> properties) {}

    @Override
    public MonitorSchedule schedule() {
        throw new IllegalStateException("a monitor that throws " + Duration.ZERO);
    }

    @Override
    public CompletionStage<Map<String, ServerReport>> tick(MonitorContext context) {
        throw new IllegalStateException("a monitor that throws");
    }
}
