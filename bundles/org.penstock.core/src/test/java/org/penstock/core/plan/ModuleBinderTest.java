package org.penstock.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.filter.Filter;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.auth.cachingsha2.CachingSha2Authenticator;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.plan.Modules.CountingFilter;

class ModuleBinderTest {
    private final ModuleBinder binder = new ModuleBinder();
    private final List<String> events = new ArrayList<>();
    private final Bundle bundle = Modules.bundle(7, "1.0");

    private final ModuleBinder.Listener listener = new ModuleBinder.Listener() {
        @Override
        public void bound(Generation<?> generation) {
            events.add("+" + generation.id().serviceId());
        }

        @Override
        public void unbound(Generation<?> generation) {
            events.add("-" + generation.id().serviceId());
        }
    };

    private ServiceReference<Filter> filter(long serviceId, int revision) {
        return Modules.reference(
                serviceId,
                bundle,
                Map.of("penstock.name", "log", "penstock.module", "qlafilter", "penstock.revision", revision));
    }

    @Test
    void shouldUnbindByServiceIdWhenSuccessorCameFirst() {
        binder.bindFilter(new CountingFilter(), filter(1, 1));
        binder.listen(listener);
        binder.bindFilter(new CountingFilter(), filter(2, 2));
        binder.unbindFilter(filter(1, 1));
        binder.unbindFilter(filter(1, 1));
        assertThat(events).containsExactly("+1", "+2", "-1");
        assertThat(binder.all())
                .extracting(generation -> generation.id().revision())
                .containsExactly(2);
        assertThat(binder.ofBundle(7)).hasSize(1);
        assertThat(binder.ofBundle(8)).isEmpty();
    }

    @Test
    void shouldTellNothingMoreWhenListenerIsForgotten() {
        binder.listen(listener);
        binder.forget(listener);
        binder.bindFilter(new CountingFilter(), filter(1, 1));
        assertThat(events).isEmpty();
    }

    /** Servers and grant tables write them as whoever made the account did. */
    @ParameterizedTest
    @ValueSource(strings = {"caching_sha2_password", "CACHING_SHA2_Password"})
    void shouldFindAuthenticatorsWithoutRegardToCase(String plugin) {
        Authenticator authenticator = new CachingSha2Authenticator();
        binder.bindAuthenticator(authenticator, Modules.reference(5, bundle, Map.of()));
        assertThat(binder.authenticator(plugin)).isSameAs(authenticator);
        assertThat(binder.forAccounts(plugin, LoginPolicy.ANY)).isSameAs(authenticator);
        assertThat(binder.authenticator(plugin + "2")).isNull();
        assertThat(binder.forAccounts("", LoginPolicy.ANY)).isNull();
    }

    @Test
    void shouldOfferNewestProtocolByAnyOfItsNames() {
        Protocol older = new NamedProtocol();
        Protocol newer = new NamedProtocol();
        ServiceReference<Protocol> second = Modules.reference(5, Modules.bundle(8, "1.10"), Map.of());
        binder.bindProtocol(newer, second);
        binder.bindProtocol(older, Modules.reference(6, Modules.bundle(7, "1.9"), Map.of()));
        assertThat(binder.protocol("mysqlclient")).isSameAs(newer);
        binder.unbindProtocol(second);
        assertThat(binder.protocol("MySQLBackend")).isSameAs(older);
        assertThat(binder.protocol("cdc")).isNull();
    }

    @Test
    void shouldDelayStoppingBundleUntilSessionsHaveLeft() {
        Plans plans = new Plans(generation -> Modules.context(), plan -> {});
        binder.listen(new ModuleBinder.Listener() {
            @Override
            public void bound(Generation<?> generation) {
                plans.bound(generation);
            }

            @Override
            public void unbound(Generation<?> generation) {
                plans.unbound(generation);
            }
        });
        binder.bindFilter(new CountingFilter(), filter(1, 1));
        Generation<?> generation = binder.all().get(0);
        Modules.await("the start", () -> generation.state() == Generation.State.STARTED);
        assertThat(generation.enter()).isTrue();
        Thread session = new Thread(() -> {
            Modules.await("retiring", () -> generation.state() == Generation.State.RETIRING);
            generation.left();
        });
        session.start();
        StoppingHook hook = new StoppingHook(binder, plans);
        hook.event(new BundleEvent(BundleEvent.STOPPING, bundle), List.of());
        assertThat(generation.sessions()).isZero();
        assertThat(generation.state()).isIn(Generation.State.RETIRING, Generation.State.STOPPED);
        plans.close();
    }

    @Test
    void shouldGiveUpDelayWhenSessionStays() {
        Plans plans = new Plans(generation -> Modules.context(), plan -> {});
        binder.bindFilter(new CountingFilter(), filter(1, 1));
        Generation<?> generation = binder.all().get(0);
        assertThat(generation.enter()).isTrue();
        StoppingHook hook = new StoppingHook(binder, plans);
        long begin = System.nanoTime();
        hook.event(new BundleEvent(BundleEvent.STOPPED, bundle), List.of());
        assertThat(System.nanoTime() - begin).isLessThan(StoppingHook.MAX_DELAY_NANOS);
        hook.event(new BundleEvent(BundleEvent.STOPPING, bundle), List.of());
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(StoppingHook.MAX_DELAY_NANOS);
        hook.shuttingDown();
        begin = System.nanoTime();
        hook.event(new BundleEvent(BundleEvent.STOPPING, bundle), List.of());
        assertThat(System.nanoTime() - begin).isLessThan(StoppingHook.MAX_DELAY_NANOS);
        plans.close();
    }

    /** A dialect with two names. */
    private static final class NamedProtocol implements Protocol {
        @Override
        public Set<String> names() {
            return Set.of("MySQLClient", "MySQLBackend");
        }

        @Override
        public ClientLogin clientLogin(ClientLoginRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ClientLogin changeUser(ClientLoginRequest request, org.penstock.api.command.Payload command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerLogin serverLogin(ServerLoginRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerLogin changeUser(ServerLoginRequest request, Greeting greeting) {
            throw new UnsupportedOperationException();
        }
    }
}
