package org.penstock.core.listener;

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.AnyThread;
import org.penstock.core.net.Acceptor;
import org.penstock.core.net.Frontend;
import org.penstock.core.net.Reactor;
import org.penstock.core.net.tls.TlsContext;
import org.penstock.core.tls.TlsFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener: its endpoints, open or not, and why not. */
@AnyThread
public final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /** Where a listener stands. */
    public enum State {
        WAITING("Waiting"),
        OPENING("Opening"),
        RUNNING("Running"),
        STOPPED("Stopped"),
        FAILED("Failed");

        private final String text;

        State(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private final Listeners all;
    private final Reactor reactor;
    private final Function<String, @Nullable Frontend> fronts;
    private final int highWater;
    private final int lowWater;
    private final List<Channel> channels = new ArrayList<>();
    private volatile ListenerSettings settings;
    private volatile State state = State.WAITING;
    private volatile String failure = "";
    private volatile @Nullable TlsContext tls;
    private int expected;

    Listener(
            Listeners all,
            Reactor reactor,
            Function<String, @Nullable Frontend> fronts,
            int highWater,
            int lowWater,
            ListenerSettings settings) {
        this.all = all;
        this.reactor = reactor;
        this.fronts = fronts;
        this.highWater = highWater;
        this.lowWater = lowWater;
        this.settings = settings;
    }

    public String name() {
        return settings.name();
    }

    public String service() {
        return settings.service();
    }

    public String protocol() {
        return settings.protocol();
    }

    public State state() {
        return state;
    }

    /** Why it is not open; empty when it is. */
    public String failure() {
        return failure;
    }

    /** The endpoints that are open, as {@code address:port} or a path. */
    public synchronized List<String> endpoints() {
        return channels.stream().map(Listener::endpoint).toList();
    }

    private static String endpoint(Channel channel) {
        if (channel.localAddress() instanceof InetSocketAddress inet) {
            String address = inet.getAddress().isAnyLocalAddress()
                    ? "::"
                    : inet.getAddress().getHostAddress();
            return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + inet.getPort();
        }
        return channel.localAddress() instanceof DomainSocketAddress unix
                ? unix.path()
                : String.valueOf(channel.localAddress());
    }

    /** Opens the endpoints, when the service is there. */
    public synchronized void open() {
        if (state == State.RUNNING || state == State.OPENING) {
            return;
        }
        Frontend front = fronts.apply(settings.service());
        if (front == null) {
            state = State.WAITING;
            failure = "service '" + settings.service() + "'";
            all.changed();
            return;
        }
        failure = "";
        try {
            TlsContext former = tls;
            tls = read(settings);
            closeTls(former);
        } catch (TlsFileException e) {
            state = State.FAILED;
            failure = String.valueOf(e.getMessage());
            LOG.error("Listener '{}' could not be opened: {}", name(), failure);
            all.changed();
            return;
        }
        String warning = settings.policy().warning();
        if (warning != null) {
            LOG.warn("Listener '{}': {}", name(), warning);
        }
        state = State.OPENING;
        Acceptor acceptor = new Acceptor(
                reactor,
                front,
                new Acceptor.Settings(
                        settings.name(),
                        settings.protocol(),
                        settings.connectTimeout().toMillis(),
                        settings.maxPendingLogins(),
                        highWater,
                        lowWater,
                        settings.policy()),
                tls);
        expected = (settings.port() >= 0 ? 1 : 0) + (settings.socket().isEmpty() ? 0 : 1);
        if (settings.port() >= 0) {
            String address = settings.address().isEmpty() ? "::" : settings.address();
            watch(acceptor.bind(address, settings.port()), address + ":" + settings.port());
        }
        if (!settings.socket().isEmpty()) {
            SocketFile.removeStale(Path.of(settings.socket()));
            watch(acceptor.bindUnix(settings.socket()), settings.socket());
        }
    }

    private @Nullable TlsContext read(ListenerSettings of) throws TlsFileException {
        return of.tls().enabled() ? reactor.tls().listener(of.name(), of.tls()) : null;
    }

    private void closeTls(@Nullable TlsContext context) {
        if (context != null) {
            reactor.tls().close(context);
        }
    }

    /** Encryption that clients are offered now, or null. */
    public @Nullable TlsContext tls() {
        return tls;
    }

    private void watch(CompletionStage<Channel> opening, String endpoint) {
        opening.whenComplete((channel, problem) -> opened(channel, problem, endpoint));
    }

    private synchronized void opened(@Nullable Channel channel, @Nullable Throwable problem, String endpoint) {
        if (channel == null) {
            state = State.FAILED;
            failure = endpoint + ": " + (problem == null ? "unknown" : String.valueOf(problem.getMessage()));
            LOG.error("Listener '{}' could not be opened: {}", name(), failure);
        } else if (state == State.STOPPED) {
            channel.close();
        } else {
            channels.add(channel);
            if (channel.localAddress() instanceof DomainSocketAddress unix) {
                SocketFile.admitEverybody(Path.of(unix.path()));
            }
            LOG.info("Listener '{}' is open on {} for service '{}'", name(), endpoint(channel), service());
            if (state == State.OPENING && channels.size() == expected) {
                state = State.RUNNING;
            }
        }
        all.changed();
    }

    /** A service came or went: a listener that waits for it opens, one whose service has left waits. */
    void serviceChanged(String service) {
        if (!service.equals(service())) {
            return;
        }
        boolean present = fronts.apply(service) != null;
        if (present && state == State.WAITING) {
            open();
        } else if (!present && state != State.STOPPED && state != State.WAITING) {
            close();
            open();
        }
    }

    /** Closes the endpoints; sessions go on. */
    public void close() {
        List<Channel> leaving;
        synchronized (this) {
            closeTls(tls);
            tls = null;
            state = State.STOPPED;
            failure = "";
            leaving = List.copyOf(channels);
            channels.clear();
        }
        // Not under the lock, for which an event loop may wait.
        for (Channel channel : leaving) {
            channel.close().awaitUninterruptibly(1000);
            if (channel.localAddress() instanceof DomainSocketAddress unix) {
                SocketFile.removeStale(Path.of(unix.path()));
            }
        }
        all.changed();
    }

    /** Whether the files that the settings name can be used; else the former settings stay. */
    private boolean usable(ListenerSettings next) {
        try {
            closeTls(read(next));
            return true;
        } catch (TlsFileException e) {
            LOG.error(
                    "Listener '{}': the change is refused, the former settings stay in use: {}",
                    name(),
                    e.getMessage());
            return false;
        }
    }

    void settings(ListenerSettings next) {
        if (!settings.sameEndpoints(next)) {
            if (!usable(next)) {
                return;
            }
            close();
            settings = next;
            open();
        }
    }
}
