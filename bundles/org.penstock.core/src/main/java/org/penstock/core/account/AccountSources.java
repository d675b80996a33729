package org.penstock.core.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
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

    private record Bound(AccountSource source, List<String> protocols) {}

    /** By service id; of several for one dialect the newest counts. */
    private final Map<Long, Bound> sources = new ConcurrentSkipListMap<>();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(AccountSource source, Map<String, Object> properties) {
        sources.put(id(properties), new Bound(source, protocols(properties.get(PROTOCOL))));
        listeners.forEach(Runnable::run);
    }

    void unbind(AccountSource source, Map<String, Object> properties) {
        sources.remove(id(properties));
    }

    /** The source of a dialect by any of its names, without regard to case; null when its bundle is not installed. */
    @Nullable
    AccountSource find(String protocol) {
        AccountSource found = null;
        for (Bound bound : sources.values()) {
            if (bound.protocols().stream().anyMatch(protocol::equalsIgnoreCase)) {
                found = bound.source();
            }
        }
        return found;
    }

    /** Runs whenever a source has arrived; must be quick. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    private static Long id(Map<String, Object> properties) {
        return properties.get(Constants.SERVICE_ID) instanceof Long id ? id : Long.valueOf(0);
    }

    private static List<String> protocols(@Nullable Object value) {
        if (value instanceof String[] names) {
            return SectionText.names(names);
        }
        return value == null ? new ArrayList<>() : SectionText.names(new String[] {value.toString()});
    }
}
