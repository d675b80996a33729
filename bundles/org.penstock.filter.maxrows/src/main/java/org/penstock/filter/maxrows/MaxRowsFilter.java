package org.penstock.filter.maxrows;

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

/** One configured maxrows filter. */
@Component(
        service = Filter.class,
        configurationPid = MaxRowsConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MaxRowsConfig.class, factory = true)
public final class MaxRowsFilter implements Filter {
    private final MaxRowsSettings settings;
    private @Nullable ModuleContext context;

    @Activate
    public MaxRowsFilter(MaxRowsConfig config) {
        settings = MaxRowsSettings.of(config);
    }

    @Override
    public void start(ModuleContext module) {
        context = module;
    }

    @Override
    public FilterSession open(SessionContext session) {
        return new MaxRowsFilterSession(settings, Objects.requireNonNull(context), session);
    }
}
