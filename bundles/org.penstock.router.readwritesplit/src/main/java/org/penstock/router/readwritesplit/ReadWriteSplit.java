package org.penstock.router.readwritesplit;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerWeights;
import org.penstock.api.session.ModuleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The statement router of one service. */
@Component(
        service = Router.class,
        configurationPid = ReadWriteSplitConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ReadWriteSplitConfig.class, factory = true)
public final class ReadWriteSplit implements Router {
    private static final Logger LOG = LoggerFactory.getLogger(ReadWriteSplit.class);

    /** What all sessions share, once the instance has started. */
    private record Shared(Figures figures, Estimates estimates) {}

    private final ReadWriteSplitSettings settings;
    private final AtomicBoolean weightsLogged = new AtomicBoolean();
    private volatile @Nullable Shared shared;

    @Activate
    public ReadWriteSplit(ReadWriteSplitConfig config) {
        this.settings = ReadWriteSplitSettings.of(config);
    }

    @Override
    public void start(ModuleContext context) {
        shared = new Shared(new Figures(context.store()), new Estimates(context.store()));
    }

    @Override
    public RouterSession open(RouterContext context) {
        Shared known = shared;
        if (known == null) {
            throw new IllegalStateException("the router was not started");
        }
        boolean instantly = settings.primary().failure() == FailureMode.FAIL_INSTANTLY;
        if (instantly && !settings.links().lazy() && Roles.noPrimary(context.servers())) {
            throw new ProtocolException(Errors.notCreated(context.service()));
        }
        ServerWeights weights = ServerWeights.of(settings.reads().weightBy(), context.servers());
        logOnce(context, weights);
        return new ReadWriteSession(
                context,
                settings,
                new Scores(
                        settings.reads().criterion(), weights, known.estimates(), known.figures(), System::nanoTime));
    }

    private void logOnce(RouterContext context, ServerWeights weights) {
        if (!weights.warnings().isEmpty() && weightsLogged.compareAndSet(false, true)) {
            for (String warning : weights.warnings()) {
                LOG.atWarn().addKeyValue("service", context.service()).log(warning);
            }
        }
    }
}
