package org.penstock.core.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.penstock.api.account.AccountSource;
import org.penstock.core.global.SectionText;

/** The account sources of the installed dialects. */
@Component(service = AccountSources.class)
public final class AccountSources {
    private static final String PROTOCOL = "penstock.protocol";

    /** Of several for one dialect the newest counts: that of the highest version of its bundle, then the one that came last. */
    private record Bound(AccountSource source, Version version, long id, List<String> protocols) {
        boolean newerThan(@Nullable Bound other) {
            int order = other == null ? 1 : version.compareTo(other.version);
            return order > 0 || (order == 0 && other != null && id > other.id);
        }
    }

    /** By service id. */
    private final Map<Long, Bound> sources = new ConcurrentHashMap<>();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(AccountSource source, ServiceReference<AccountSource> reference) {
        add(source, reference.getBundle().getVersion(), id(reference), reference.getProperty(PROTOCOL));
    }

    void unbind(ServiceReference<AccountSource> reference) {
        remove(id(reference));
    }

    void add(AccountSource source, Version version, long id, @Nullable Object protocols) {
        sources.put(id, new Bound(source, version, id, protocols(protocols)));
        listeners.forEach(Runnable::run);
    }

    void remove(long id) {
        sources.remove(id);
    }

    /** The source of a dialect by any of its names, without regard to case; null when its bundle is not installed. */
    @Nullable
    AccountSource find(String protocol) {
        Bound found = null;
        for (Bound bound : sources.values()) {
            if (bound.protocols().stream().anyMatch(protocol::equalsIgnoreCase) && bound.newerThan(found)) {
                found = bound;
            }
        }
        return found == null ? null : found.source();
    }

    /** Runs whenever a source has arrived; must be quick. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    private static long id(ServiceReference<AccountSource> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    private static List<String> protocols(@Nullable Object value) {
        if (value instanceof String[] names) {
            return SectionText.names(names);
        }
        return value == null ? new ArrayList<>() : SectionText.names(new String[] {value.toString()});
    }
}
