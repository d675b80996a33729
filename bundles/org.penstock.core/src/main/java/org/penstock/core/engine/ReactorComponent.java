package org.penstock.core.engine;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.server.ServerView;
import org.penstock.core.global.Global;
import org.penstock.core.global.GlobalSettings;
import org.penstock.core.global.IpLiteral;
import org.penstock.core.net.NettyServiceConnector;
import org.penstock.core.net.Reactor;
import org.penstock.core.net.Transport;
import org.penstock.core.plan.ModuleBinder;
import org.penstock.core.server.ServiceConnector;
import org.penstock.core.session.CollectBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reactor as a component; exists once the configuration has been read, since the number of loops comes from there. */
@Component(service = {ReactorComponent.class, ServiceConnector.class})
@AnyThread
public final class ReactorComponent implements ServiceConnector {
    private static final Logger LOG = LoggerFactory.getLogger(ReactorComponent.class);

    /** How long sessions may take to end what is in flight when the process stops. */
    private static final long DRAIN_MILLIS = 5000;

    private final Reactor reactor;
    private final ServiceConnector connector;
    private final CollectBudget budget;

    @Activate
    public ReactorComponent(
            @Reference Global global,
            @Reference ModuleBinder binder,
            @Reference(target = "(penstock.configured=true)") Object configured) {
        Transport transport = Transport.choose();
        int threads = global.settings().threads();
        reactor = new Reactor(transport, threads, global.settings().backgroundThreads());
        connector = new NettyServiceConnector(reactor, binder::protocol, binder::authenticator);
        budget = new CollectBudget(global.settings().collectLimit());
        global.listen(() -> apply(global));
        apply(global);
        LOG.info("{} event loops on {}", threads, transport);
    }

    private void apply(Global global) {
        GlobalSettings settings = global.settings();
        String provider = global.parameter("ssl_provider");
        reactor.tls().provider(provider == null ? "" : provider);
        budget.limit(settings.collectLimit());
        reactor.localAddress(settings.localAddress().isEmpty() ? null : IpLiteral.parse(settings.localAddress()));
    }

    @Deactivate
    void deactivate() {
        drain();
        reactor.close();
    }

    /** Ends the sessions behind what is in flight; what takes longer than the bound is cut. */
    void drain() {
        if (!reactor.drain(DRAIN_MILLIS)) {
            LOG.warn("{} sessions did not end within {} ms and are cut", reactor.sessions(), DRAIN_MILLIS);
        }
    }

    public Reactor reactor() {
        return reactor;
    }

    public CollectBudget budget() {
        return budget;
    }

    @Override
    public CompletionStage<Opened> connect(
            ServerView server, String user, String password, Duration connectTimeout, Duration readTimeout) {
        return connector.connect(server, user, password, connectTimeout, readTimeout);
    }
}
