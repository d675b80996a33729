package org.penstock.core.plan;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.SessionContext;
import org.penstock.core.service.AccountSettings;
import org.penstock.core.service.ServiceSettings;
import org.penstock.core.service.SessionLimits;

/** Modules, references and services for tests of plans. */
final class Modules {
    private static final AtomicInteger IDS = new AtomicInteger();

    private Modules() {}

    /** A filter that only counts its starts and stops. */
    static final class CountingFilter implements Filter {
        final AtomicInteger starts = new AtomicInteger();
        final AtomicInteger stops = new AtomicInteger();
        private final AtomicBoolean refusing = new AtomicBoolean();

        CountingFilter refusing() {
            refusing.set(true);
            return this;
        }

        @Override
        public void start(ModuleContext context) {
            if (refusing.get()) {
                throw new IllegalStateException("no place on disk");
            }
            starts.incrementAndGet();
        }

        @Override
        public void stop() {
            stops.incrementAndGet();
        }

        @Override
        public FilterSession open(SessionContext session) {
            throw new UnsupportedOperationException();
        }
    }

    static final class AnyRouter implements Router {
        @Override
        public RouterSession open(RouterContext context) {
            throw new UnsupportedOperationException();
        }
    }

    static <M> Generation<M> generation(String kind, String name, String version, int revision, M module) {
        long id = IDS.incrementAndGet();
        return new Generation<>(
                new Generation.ModuleId(kind, name, name, Version.parseVersion(version), revision, id, 7), module);
    }

    static Generation<Router> router() {
        return generation("router", "rw", "1.0", 1, new AnyRouter());
    }

    static ServiceSettings service(String... filters) {
        return new ServiceSettings(
                "rw",
                "readconnroute",
                List.of(),
                List.of(filters),
                AccountSettings.NONE,
                SessionLimits.DEFAULT,
                "",
                "");
    }

    /** A context that no test looks at. */
    static ModuleContext context() {
        return proxy(ModuleContext.class, Map.of());
    }

    @SuppressWarnings("unchecked")
    static <S> ServiceReference<S> reference(long serviceId, Bundle bundle, Map<String, Object> properties) {
        return (ServiceReference<S>) Proxy.newProxyInstance(
                Modules.class.getClassLoader(), new Class<?>[] {ServiceReference.class}, (proxy, method, args) -> {
                    if (method.getName().equals("getBundle")) {
                        return bundle;
                    }
                    if (method.getName().equals("getProperty") && args != null) {
                        return args[0].equals(Constants.SERVICE_ID) ? serviceId : properties.get(args[0]);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    static Bundle bundle(long id, String version) {
        return proxy(Bundle.class, Map.of("getBundleId", id, "getVersion", Version.parseVersion(version)));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Object answer = answers.get(method.getName());
            if (answer == null) {
                throw new UnsupportedOperationException(method.getName());
            }
            return answer;
        }));
    }

    /** Waits until a condition holds; fails after a deadline. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within 10 s: " + what);
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }
}
