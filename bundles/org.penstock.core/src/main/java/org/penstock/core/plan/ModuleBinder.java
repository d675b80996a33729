package org.penstock.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.filter.Filter;
import org.penstock.api.monitor.Monitor;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.router.Router;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.plan.Generation.ModuleId;

/**
 * Binds the modules' services as they come and go, and tells the listeners. Compares by service.id, since a successor may be bound before its predecessor is
 * unbound. Binding and unbinding return at once; SCR's lock is held meanwhile.
 */
@Component(service = ModuleBinder.class)
@AnyThread
public final class ModuleBinder {
    /** Is told of configured modules, on SCR's thread; must return at once. */
    public interface Listener {
        void bound(Generation<?> generation);

        void unbound(Generation<?> generation);
    }

    private final Map<Long, Generation<?>> configured = new ConcurrentHashMap<>();
    private final Map<Long, Offer<Protocol>> protocols = new ConcurrentHashMap<>();
    private final Map<Long, Offer<Authenticator>> authenticators = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** A module without configuration. */
    private record Offer<M>(M module, Version version, long serviceId, List<String> names) {
        boolean newerThan(@Nullable Offer<M> other) {
            if (other == null) {
                return true;
            }
            int order = version.compareTo(other.version);
            return order > 0 || (order == 0 && serviceId > other.serviceId);
        }
    }

    /** From now on tells of configured modules; first of those that are bound. */
    public synchronized void listen(Listener listener) {
        configured.values().forEach(listener::bound);
        listeners.add(listener);
    }

    public void forget(Listener listener) {
        listeners.remove(listener);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindFilter(Filter filter, ServiceReference<Filter> reference) {
        bind("filter", filter, reference);
    }

    void unbindFilter(ServiceReference<Filter> reference) {
        unbind(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRouter(Router router, ServiceReference<Router> reference) {
        bind("router", router, reference);
    }

    void unbindRouter(ServiceReference<Router> reference) {
        unbind(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindMonitor(Monitor monitor, ServiceReference<Monitor> reference) {
        bind("monitor", monitor, reference);
    }

    void unbindMonitor(ServiceReference<Monitor> reference) {
        unbind(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindProtocol(Protocol protocol, ServiceReference<Protocol> reference) {
        protocols.put(id(reference), offer(protocol, reference));
    }

    void unbindProtocol(ServiceReference<Protocol> reference) {
        protocols.remove(id(reference));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAuthenticator(Authenticator authenticator, ServiceReference<Authenticator> reference) {
        authenticators.put(id(reference), offer(authenticator, reference));
    }

    void unbindAuthenticator(ServiceReference<Authenticator> reference) {
        authenticators.remove(id(reference));
    }

    private static long id(ServiceReference<?> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    private static <M> Offer<M> offer(M module, ServiceReference<M> reference) {
        return new Offer<>(module, reference.getBundle().getVersion(), id(reference), names(reference));
    }

    /** Names by which configurations mean an authenticator. */
    private static List<String> names(ServiceReference<?> reference) {
        Object names = reference.getProperty("penstock.authenticator.names");
        if (names instanceof String[] several) {
            return List.of(several);
        }
        return names instanceof String one ? List.of(one) : List.of();
    }

    private synchronized <M> void bind(String kind, M module, ServiceReference<M> reference) {
        Generation<M> generation = new Generation<>(identify(kind, reference), module);
        configured.put(generation.id().serviceId(), generation);
        listeners.forEach(listener -> listener.bound(generation));
    }

    private synchronized void unbind(ServiceReference<?> reference) {
        Generation<?> generation = configured.remove(id(reference));
        if (generation != null) {
            listeners.forEach(listener -> listener.unbound(generation));
        }
    }

    private static ModuleId identify(String kind, ServiceReference<?> reference) {
        return new ModuleId(
                kind,
                text(reference, "penstock.name", "unnamed"),
                text(reference, "penstock.module", ""),
                reference.getBundle().getVersion(),
                reference.getProperty("penstock.revision") instanceof Number number ? number.intValue() : 0,
                id(reference),
                reference.getBundle().getBundleId());
    }

    private static String text(ServiceReference<?> reference, String key, String fallback) {
        return reference.getProperty(key) instanceof String value ? value : fallback;
    }

    /** The configured modules that are bound. */
    public List<Generation<?>> all() {
        return List.copyOf(configured.values());
    }

    /** The generations of a bundle that are bound. */
    public List<Generation<?>> ofBundle(long bundleId) {
        List<Generation<?>> found = new ArrayList<>();
        for (Generation<?> generation : configured.values()) {
            if (generation.id().bundleId() == bundleId) {
                found.add(generation);
            }
        }
        return found;
    }

    /** The newest offer of a dialect, by one of its names without regard to case; null when there is none. */
    public @Nullable Protocol protocol(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        Offer<Protocol> best = null;
        for (Offer<Protocol> offer : protocols.values()) {
            boolean matches = offer.module().names().stream()
                    .anyMatch(known -> known.toLowerCase(Locale.ROOT).equals(wanted));
            if (matches && offer.newerThan(best)) {
                best = offer;
            }
        }
        return best == null ? null : best.module();
    }

    /** The newest authenticator for a plugin that a server asks for, without regard to case as in the protocol; or null. */
    public @Nullable Authenticator authenticator(String plugin) {
        return authenticator(offer -> offer.module().plugin().equalsIgnoreCase(plugin)
                || contains(offer.module().serverPlugins(), plugin));
    }

    /** The newest authenticator that serves accounts with a plugin column of that value, among those that a policy takes; or null. */
    public @Nullable Authenticator forAccounts(String plugin, LoginPolicy policy) {
        return authenticator(offer -> contains(offer.module().accountPlugins(), plugin) && policy.takes(offer.names()));
    }

    private static boolean contains(Set<String> names, String wanted) {
        return names.contains(wanted) || names.stream().anyMatch(wanted::equalsIgnoreCase);
    }

    /** The newest authenticator that decides without accounts and that a policy names, or null. */
    public @Nullable Authenticator withoutAccounts(LoginPolicy policy) {
        return policy.authenticators().isEmpty()
                ? null
                : authenticator(offer -> !offer.module().usesAccounts() && policy.takes(offer.names()));
    }

    /** Keys of options that any authenticator reads. */
    public Set<String> authenticatorOptions() {
        Set<String> known = new TreeSet<>();
        authenticators.values().forEach(offer -> known.addAll(offer.module().optionKeys()));
        return known;
    }

    private @Nullable Authenticator authenticator(Predicate<Offer<Authenticator>> wanted) {
        Offer<Authenticator> best = null;
        for (Offer<Authenticator> offer : authenticators.values()) {
            if (wanted.test(offer) && offer.newerThan(best)) {
                best = offer;
            }
        }
        return best == null ? null : best.module();
    }
}
