package org.penstock.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.penstock.launcher.feature.FeatureBundle;

@Timeout(30)
class StartFailuresTest {
    private static final FeatureBundle FEATURE = new FeatureBundle("g:b:1.0", "b-1.0.jar", 30, "a.json");

    @Test
    void shouldReportNothingWhenAllRun() {
        assertThat(new StartFailures(Map.of(bundle(Bundle.ACTIVE), FEATURE)).report())
                .isEmpty();
        assertThat(new StartFailures(Map.of(bundle(Bundle.STARTING), FEATURE)).report())
                .isEmpty();
    }

    @Test
    void shouldGiveTheReasonThatCameBefore() {
        Bundle bundle = bundle(Bundle.RESOLVED);
        StartFailures failures = new StartFailures(Map.of(bundle, FEATURE));

        failures.frameworkEvent(error(bundle));

        assertThat(failures.report()).contains("these bundles do not start:\n  b (a.json): no luck");
    }

    @Test
    void shouldGiveTheReasonThatComesAfterTheLevelIsReached() throws Exception {
        Bundle bundle = bundle(Bundle.RESOLVED);
        StartFailures failures = new StartFailures(Map.of(bundle, FEATURE));
        CompletableFuture<Optional<String>> report = new CompletableFuture<>();
        Thread reporter = new Thread(() -> report.complete(failures.report()));
        reporter.start();
        while (reporter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        failures.frameworkEvent(error(bundle));

        assertThat(report.get(10, TimeUnit.SECONDS)).contains("these bundles do not start:\n  b (a.json): no luck");
    }

    @Test
    void shouldNameABundleWithoutReason() {
        assertThat(new StartFailures(Map.of(bundle(Bundle.RESOLVED), FEATURE)).report())
                .contains("these bundles do not start:\n  b (a.json): the framework gives no reason");
    }

    private static FrameworkEvent error(Bundle bundle) {
        return new FrameworkEvent(FrameworkEvent.ERROR, bundle, new BundleException("no luck"));
    }

    private static Bundle bundle(int state) {
        return (Bundle) Proxy.newProxyInstance(
                Bundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getState" -> state;
                    case "getBundleId" -> 1L;
                    case "getSymbolicName" -> "b";
                    case "adapt" -> null;
                    case "hashCode" -> 1;
                    case "equals" -> self == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
