package org.penstock.router.readconnroute;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;
import org.penstock.api.server.ServerWeights;
import org.penstock.api.session.ModuleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection balancing router of one service. */
@Component(
        service = Router.class,
        configurationPid = ReadConnRouteConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ReadConnRouteConfig.class, factory = true)
public final class ReadConnRoute implements Router {
    /** Error number of a session that no server could be given. */
    static final int ROUTING_FAILED = 2003;

    private static final Logger LOG = LoggerFactory.getLogger(ReadConnRoute.class);

    private final ReadConnRouteSettings settings;
    private final ServerPicker picker;
    private final AtomicBoolean weightsLogged = new AtomicBoolean();
    private volatile LongAdder sessions = new LongAdder();
    private volatile LongAdder routed = new LongAdder();

    @Activate
    public ReadConnRoute(ReadConnRouteConfig config) {
        this(ReadConnRouteSettings.of(config));
    }

    ReadConnRoute(ReadConnRouteSettings settings) {
        this.settings = settings;
        this.picker = new ServerPicker(settings);
    }

    @Override
    public void start(ModuleContext context) {
        sessions = context.store().counter("sessions");
        routed = context.store().counter("routed");
    }

    @Override
    public RouterSession open(RouterContext context) {
        ServerView server = connectedServer(context);
        if (server == null) {
            ServerWeights weights = ServerWeights.of(settings.weightBy(), context.servers());
            logOnce(context, weights);
            server = picker.pick(context.servers(), weights);
            if (server == null) {
                throw new ProtocolException(noServer(context));
            }
            sessions.increment();
        }
        return new ReadConnSession(context, server, settings.masterOnly(), routed);
    }

    /** The server of a session that was open before this generation. */
    private static @Nullable ServerView connectedServer(RouterContext context) {
        for (ServerView server : context.servers()) {
            if (context.connected().contains(server.name())) {
                return server;
            }
        }
        return null;
    }

    private void logOnce(RouterContext context, ServerWeights weights) {
        if (!weights.warnings().isEmpty() && weightsLogged.compareAndSet(false, true)) {
            for (String warning : weights.warnings()) {
                LOG.atWarn().addKeyValue("service", context.service()).log(warning);
            }
        }
    }

    private SqlError noServer(RouterContext context) {
        if (LOG.isDebugEnabled()) {
            String seen = context.servers().stream()
                    .map(server -> server.name() + ": " + ServerStatus.describe(server.status()))
                    .collect(Collectors.joining("; "));
            LOG.atDebug()
                    .addKeyValue("service", context.service())
                    .addKeyValue("servers", seen)
                    .log("no server for a session");
        }
        return new SqlError(
                ROUTING_FAILED,
                "HY000",
                "Service '" + context.service() + "': no server fits router_options=" + settings.rolesText()
                        + "; the session is closed");
    }
}
