package org.penstock.filter.hintfilter;

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

/** One configured hintfilter. */
@Component(
        service = Filter.class,
        configurationPid = HintFilterConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HintFilterConfig.class, factory = true)
public final class HintFilter implements Filter {
    private @Nullable ModuleContext context;

    @Activate
    public HintFilter() {}

    @Override
    public void start(ModuleContext module) {
        context = module;
    }

    @Override
    public FilterSession open(SessionContext session) {
        return new HintFilterSession(Objects.requireNonNull(context).store().counter("hinted"));
    }
}
