package org.penstock.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.core.server.ConnectGate;
import org.penstock.core.server.ConnectLimits;
import org.penstock.core.server.Server;

/**
 * A connection to a server on its way: waits for its turn, learns the server's addresses, tries them one after the other, then logs in. All on one loop.
 *
 * <pre>
 *   WAITING --turn--> CONNECTING --first address that answers--> LOGIN --> over
 *      |                  |  ^
 *      +--time is over    +--+ next address; behind the last one the name is looked up once more
 * </pre>
 */
final class Dial implements ServerLoginHandler.Outcome, ConnectGate.Entry {
    private final Dialer dialer;
    private final EventLoop loop;
    private final Server server;
    private final ServerLogin login;
    private final ServerLoginHandler.Outcome outcome;
    private final @Nullable ServerTls tls;
    private final long timeoutMillis;
    private final long deadline;
    private @Nullable ScheduledFuture<?> waiting;
    private volatile boolean gaveUp;
    private boolean admitted;
    private boolean entering;
    private boolean lookedUpAgain;

    Dial(
            Dialer dialer,
            EventLoop loop,
            Server server,
            ServerLogin login,
            long timeoutMillis,
            ServerLoginHandler.Outcome outcome,
            @Nullable ServerTls tls) {
        this.dialer = dialer;
        this.loop = loop;
        this.server = server;
        this.login = login;
        this.timeoutMillis = timeoutMillis;
        this.outcome = outcome;
        this.tls = tls;
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /** Called on the loop. */
    void begin() {
        entering = true;
        boolean room = server.gate().enter(this);
        entering = false;
        if (!room) {
            outcome.failed(refusal("more than " + ConnectGate.MAX_WAITING + " wait already"));
        } else if (!admitted) {
            server.gate().waits();
            waiting = loop.schedule(this::expire, left(), TimeUnit.MILLISECONDS);
        }
    }

    private long left() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }

    private void expire() {
        if (!admitted && !gaveUp) {
            gaveUp = true;
            server.gate().gaveUp(true);
            ConnectLimits limits = server.settings().connects();
            outcome.failed(refusal("waited " + timeoutMillis + " ms; max_connects_in_flight is " + limits.inFlight()
                    + (limits.perSecond() == 0 ? "" : ", max_connects_per_second is " + limits.perSecond())));
        }
    }

    private SqlError refusal(String why) {
        return new SqlError(1040, "08004", "Too many connections to server '" + server.name() + "': " + why);
    }

    @Override
    public @Nullable Background background() {
        return outcome.background();
    }

    // -- the gate's view, on any thread

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

    // -- connecting

    private void enter() {
        if (gaveUp) {
            server.gate().leave();
            return;
        }
        admitted = true;
        ScheduledFuture<?> timer = waiting;
        if (timer != null) {
            timer.cancel(false);
        }
        if (!outcome.wanted()) {
            failed(new SqlError(2013, "HY000", "Nobody waits for the connection to server '" + server.name() + "'"));
        } else if (server.settings().socket().isEmpty()) {
            find(server.settings().address());
        } else {
            connect(dialer.unixAddress(server.settings().socket()), left(), reason -> unreachable(reason));
        }
    }

    private void find(String host) {
        dialer.addresses().find(host, new HostAddresses.Found() {
            @Override
            public void addresses(List<InetAddress> addresses, boolean remembered) {
                onLoop(() -> tryFrom(new Candidates(host, addresses, remembered), 0, "no address answered in time"));
            }

            @Override
            public void unknown(String reason) {
                onLoop(() -> unreachable("its name cannot be looked up: " + reason));
            }
        });
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** The addresses of a name, and whether they may be out of date. */
    private record Candidates(String host, List<InetAddress> addresses, boolean remembered) {}

    private void tryFrom(Candidates candidates, int index, String failure) {
        int count = candidates.addresses().size();
        boolean timeLeft = deadline - System.nanoTime() > 0;
        if (index < count && timeLeft) {
            SocketAddress next = new InetSocketAddress(candidates.addresses().get(index), server.port());
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

    private void connect(SocketAddress address, long millis, java.util.function.Consumer<String> next) {
        dialer.connect(loop, address, millis).addListener(done -> {
            if (done.isSuccess()) {
                connected(((io.netty.channel.ChannelFuture) done).channel());
            } else {
                next.accept(String.valueOf(done.cause().getMessage()));
            }
        });
    }

    private void connected(Channel channel) {
        byte[] preface = outcome.preface();
        if (preface.length > 0) {
            channel.writeAndFlush(io.netty.buffer.Unpooled.wrappedBuffer(preface), channel.voidPromise());
        }
        channel.pipeline().addLast("login", new ServerLoginHandler(login, this, server.name(), left(), tls));
    }

    private void unreachable(String reason) {
        String at = server.settings().socket().isEmpty() ? server.address() + ":" + server.port() : server.address();
        failed(new SqlError(2003, "08S01", "Can't connect to server '" + server.name() + "' at " + at + ": " + reason));
    }

    // -- the login's outcome

    @Override
    public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
        server.gate().leave();
        return outcome.ready(ready, channel);
    }

    @Override
    public void installed(ServerLoginStep.Ready ready, Channel channel) {
        outcome.installed(ready, channel);
    }

    @Override
    public void failed(SqlError error) {
        server.gate().leave();
        outcome.failed(error);
    }
}
