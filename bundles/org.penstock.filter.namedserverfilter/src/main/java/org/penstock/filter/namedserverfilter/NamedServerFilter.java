package org.penstock.filter.namedserverfilter;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.SessionContext;

/** One configured namedserverfilter. */
@Component(
        service = Filter.class,
        configurationPid = NamedServerFilterConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NamedServerFilterConfig.class, factory = true)
public final class NamedServerFilter implements Filter {
    private final NamedServerFilterSettings settings;
    private @Nullable ModuleContext context;

    @Activate
    public NamedServerFilter(NamedServerFilterConfig config) {
        settings = NamedServerFilterSettings.of(config);
    }

    @Override
    public void start(ModuleContext module) {
        context = module;
    }

    @Override
    public FilterSession open(SessionContext session) {
        return new NamedServerFilterSession(
                settings, Objects.requireNonNull(context).store(), session);
    }
}
