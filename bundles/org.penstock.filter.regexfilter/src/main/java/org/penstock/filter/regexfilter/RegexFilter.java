package org.penstock.filter.regexfilter;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.LogSink;
import org.penstock.api.session.ModuleContext;
import org.penstock.api.session.SessionContext;

/** One configured regexfilter. */
@Component(
        service = Filter.class,
        configurationPid = RegexFilterConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RegexFilterConfig.class, factory = true)
public final class RegexFilter implements Filter {
    private final RegexFilterSettings settings;
    private @Nullable ModuleContext context;
    private @Nullable LogSink log;

    @Activate
    public RegexFilter(RegexFilterConfig config) {
        settings = RegexFilterSettings.of(config);
    }

    @Override
    public void start(ModuleContext module) {
        context = module;
        if (!settings.logFile().isEmpty()) {
            log = module.log(Path.of(settings.logFile()), new LogSink.Options(true, true, ""));
        }
    }

    @Override
    public FilterSession open(SessionContext session) {
        return new RegexFilterSession(settings, Objects.requireNonNull(context), log, session);
    }

    @Override
    public void stop() {
        if (log != null) {
            log.close();
        }
    }
}
