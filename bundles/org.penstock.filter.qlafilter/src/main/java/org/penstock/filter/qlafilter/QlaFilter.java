package org.penstock.filter.qlafilter;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
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

/** One configured qlafilter. */
@Component(
        service = Filter.class,
        configurationPid = QlaFilterConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = QlaFilterConfig.class, factory = true)
public final class QlaFilter implements Filter {
    private final QlaFilterSettings settings;
    private @Nullable ModuleContext context;
    private @Nullable LogSink unified;

    @Activate
    public QlaFilter(QlaFilterConfig config) {
        settings = QlaFilterSettings.of(config);
    }

    @Override
    public void start(ModuleContext module) {
        context = module;
        if (settings.unified()) {
            String file = settings.filebase() + ".unified";
            // A later generation continues what an earlier one of this process has begun.
            boolean begun = module.store()
                    .get("begun:" + file, AtomicBoolean.class, AtomicBoolean::new)
                    .getAndSet(true);
            unified = module.log(
                    Path.of(file),
                    new LogSink.Options(
                            begun || settings.append(),
                            settings.flush(),
                            settings.format().header()));
        }
    }

    @Override
    public FilterSession open(SessionContext session) {
        return new QlaFilterSession(settings, Objects.requireNonNull(context), unified, session);
    }

    @Override
    public void stop() {
        if (unified != null) {
            unified.close();
        }
    }
}
