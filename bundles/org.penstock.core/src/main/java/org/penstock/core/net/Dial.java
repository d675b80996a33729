package org.penstock.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.core.net.tls.TlsContext;
import org.penstock.core.net.tls.TlsRoom;
import org.penstock.core.server.ConnectGate;
import org.penstock.core.server.ConnectLimits;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a server on its way: waits for its turn, then takes the server's settings as they are, learns the addresses, tries them one after the other,
 * and logs in. All on one loop.
 *
 * <pre>
 *   WAITING --turn--> CONNECTING --first address that answers--> LOGIN --> over
 *      |                  |  ^
 *      +--time is over    +--+ next address; behind the last one the name is looked up once more
 *   {@link #cancel} ends each of them
 * </pre>
 */
final class Dial implements ServerLoginHandler.Outcome, ConnectGate.Entry {
    private static final Logger LOG = LoggerFactory.getLogger(Dial.class);

    private final Dialer dialer;
    private final EventLoop loop;
    private final Server server;
    private final Dialer.Opening opening;
    private final ServerLoginHandler.Outcome outcome;
    private final long timeoutMillis;
    private final long deadline;
    private ServerSettings settings;
    private @Nullable ServerLogin login;
    private @Nullable ServerTls tls;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Channel channel;
    private volatile boolean gaveUp;
    private boolean admitted;
    private boolean entering;
    private boolean lookedUpAgain;
    private boolean over;

    /** Counts what was begun elsewhere: what is told of something older is not heard. */
    private int step;

    Dial(
            Dialer dialer,
            EventLoop loop,
            Server server,
            Dialer.Opening opening,
            long timeoutMillis,
            ServerLoginHandler.Outcome outcome) {
        this.dialer = dialer;
        this.loop = loop;
        this.server = server;
        this.opening = opening;
        this.settings = server.settings();
        this.timeoutMillis = timeoutMillis;
        this.outcome = outcome;
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /** Called on the loop. */
    void begin() {
        entering = true;
        boolean room = server.gate().enter(this);
        entering = false;
        if (!room) {
            over = true;
            outcome.failed(refusal("more than " + ConnectGate.MAX_WAITING + " wait already"));
        } else if (!admitted) {
            server.gate().waits();
            timer = loop.schedule(this::expire, left(), TimeUnit.MILLISECONDS);
        }
    }

    private long left() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }

    private void expire() {
        if (!admitted && !gaveUp) {
            ConnectLimits limits = server.settings().connects();
            giveUp(
                    true,
                    refusal("waited " + timeoutMillis + " ms; max_connects_in_flight is " + limits.inFlight()
                            + (limits.perSecond() == 0 ? "" : ", max_connects_per_second is " + limits.perSecond())));
        }
    }

    private void giveUp(boolean timeout, SqlError error) {
        gaveUp = true;
        over = true;
        cancelTimer();
        server.gate().gaveUp(timeout);
        outcome.failed(error);
    }

    private SqlError refusal(String why) {
        return new SqlError(1040, "08004", "Too many connections to server '" + server.name() + "': " + why);
    }

    /** Nobody waits for it any more: it fails, and what it holds is let go. Called on the loop. */
    void cancel() {
        if (over || gaveUp) {
            return;
        }
        Channel open = channel;
        if (!admitted) {
            giveUp(false, unwanted());
        } else if (open != null && login != null && open.pipeline().get(ServerLoginHandler.class) != null) {
            // The login's handler tells of the end.
            open.close();
        } else {
            failed(unwanted());
            if (open != null) {
                open.close();
            }
        }
    }

    private SqlError unwanted() {
        return new SqlError(2013, "HY000", "Nobody waits for the connection to server '" + server.name() + "'");
    }

    @Override
    public @Nullable Background background() {
        return outcome.background();
    }

    // -- the gate's view, on any thread

    @Override
    public boolean urgent() {
        return outcome.urgent();
    }

    @Override
    public boolean wanted() {
        return !gaveUp;
    }

    @Override
    public void after(long nanos, Runnable task) {
        loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void admitted() {
        if (loop.inEventLoop() && entering) {
            enter();
        } else {
            loop.execute(this::enter);
        }
    }

    // -- what others are asked

    /** Begins to wait for what is told elsewhere, no longer than there is time. */
    private int ask(String failure) {
        cancelTimer();
        timer = loop.schedule(() -> unreachable(failure), left(), TimeUnit.MILLISECONDS);
        return ++step;
    }

    /** What was asked is known; called on any thread, heard unless something else has happened since. */
    private void told(int asked, Runnable next) {
        if (!loop.inEventLoop()) {
            loop.execute(() -> told(asked, next));
        } else if (asked == step && !over) {
            step++;
            cancelTimer();
            next.run();
        }
    }

    private void cancelTimer() {
        ScheduledFuture<?> pending = timer;
        if (pending != null) {
            timer = null;
            pending.cancel(false);
        }
    }

    // -- connecting

    private void enter() {
        if (gaveUp) {
            server.gate().leave();
            return;
        }
        admitted = true;
        cancelTimer();
        settings = server.settings();
        if (!outcome.wanted()) {
            failed(unwanted());
        } else if (settings.tls().enabled()) {
            int asked = ask("its certificates were not read within " + timeoutMillis + " ms");
            dialer.tls(settings).whenComplete((context, failure) -> told(asked, () -> secure(context, failure)));
        } else {
            open();
        }
    }

    private void secure(@Nullable TlsContext context, @Nullable Throwable failure) {
        if (context == null) {
            failed(ServerTls.failure(server.name(), failure == null ? "no context" : TlsRoom.reason(failure)));
        } else {
            tls = new ServerTls(context, server.name(), settings.address(), settings.port());
            open();
        }
    }

    private void open() {
        try {
            login = opening.login(settings);
        } catch (RuntimeException | LinkageError e) {
            failed(failure(settings, e));
            return;
        }
        if (settings.socket().isEmpty()) {
            find(settings.address());
        } else {
            connect(dialer.unixAddress(settings.socket()), left(), this::unreachable);
        }
    }

    /** What a protocol has thrown when a login was asked of it, in words. */
    static SqlError failure(ServerSettings settings, Throwable thrown) {
        if (thrown instanceof ProtocolException known) {
            return known.error();
        }
        LOG.warn(
                "protocol '{}' failed towards server '{}': {}",
                settings.protocol(),
                settings.name(),
                thrown.toString());
        return SqlError.general("protocol '" + settings.protocol() + "' failed: "
                + thrown.getClass().getSimpleName());
    }

    private void find(String host) {
        int asked = ask("its name was not looked up within " + timeoutMillis + " ms");
        dialer.addresses().find(host, new HostAddresses.Found() {
            @Override
            public void addresses(List<InetAddress> addresses, boolean remembered) {
                Candidates found = new Candidates(host, addresses, remembered);
                told(asked, () -> tryFrom(found, 0, "no address answered in time"));
            }

            @Override
            public void unknown(String reason) {
                told(asked, () -> unreachable("its name cannot be looked up: " + reason));
            }
        });
    }

    /** The addresses of a name, and whether they may be out of date. */
    private record Candidates(String host, List<InetAddress> addresses, boolean remembered) {}

    private void tryFrom(Candidates candidates, int index, String failure) {
        int count = candidates.addresses().size();
        boolean timeLeft = deadline - System.nanoTime() > 0;
        if (index < count && timeLeft) {
            SocketAddress next = new InetSocketAddress(candidates.addresses().get(index), settings.port());
            connect(next, Math.max(1, left() / (count - index)), why -> tryFrom(candidates, index + 1, why));
            return;
        }
        dialer.addresses().forget(candidates.host(), candidates.addresses());
        if (candidates.remembered() && !lookedUpAgain && timeLeft) {
            lookedUpAgain = true;
            find(candidates.host());
        } else {
            unreachable(failure);
        }
    }

    private void connect(SocketAddress address, long millis, Consumer<String> next) {
        ChannelFuture connecting = dialer.connect(loop, address, millis);
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (over) {
                connecting.channel().close();
            } else if (done.isSuccess()) {
                connected(connecting.channel());
            } else {
                next.accept(String.valueOf(done.cause().getMessage()));
            }
        });
    }

    private void connected(Channel open) {
        byte[] preface = outcome.preface(settings);
        if (preface.length > 0) {
            open.writeAndFlush(io.netty.buffer.Unpooled.wrappedBuffer(preface), open.voidPromise());
        }
        ServerLogin made = login;
        if (made != null) {
            open.pipeline().addLast("login", new ServerLoginHandler(made, this, server.name(), left(), tls));
        }
    }

    private void unreachable(String reason) {
        String at = settings.socket().isEmpty() ? settings.address() + ":" + settings.port() : settings.socket();
        failed(new SqlError(2003, "08S01", "Can't connect to server '" + server.name() + "' at " + at + ": " + reason));
    }

    // -- the login's outcome

    @Override
    public ChannelHandler ready(ServerLoginStep.Ready ready, Channel open) {
        over = true;
        server.gate().leave();
        return outcome.ready(ready, open);
    }

    @Override
    public void installed(ServerLoginStep.Ready ready, Channel open) {
        outcome.installed(ready, open);
    }

    @Override
    public void broken(SqlError error) {
        outcome.broken(error);
    }

    @Override
    public void failed(SqlError error) {
        if (!over) {
            over = true;
            cancelTimer();
            server.gate().leave();
            outcome.failed(error);
        }
    }
}
