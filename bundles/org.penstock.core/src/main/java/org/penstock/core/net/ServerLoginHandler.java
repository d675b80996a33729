package org.penstock.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.core.server.ServerSettings;
import org.penstock.wire.Capabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's channel while the login there is pending. Gives way to its successor when it has ended well. */
final class ServerLoginHandler extends PacketHandler {
    /** Takes over from here; either {@link #ready} is called, once, or {@link #failed}. */
    interface Outcome {
        /** Logged in. The handler returned takes the channel over. */
        ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel);

        /** Called when the successor is in place. */
        void installed(ServerLoginStep.Ready ready, Channel channel);

        /** The server refused, hung up, was silent, or sent what cannot be understood. */
        void failed(SqlError error);

        /** {@link #ready} or {@link #installed} has thrown; the channel is being closed. */
        default void broken(SqlError error) {
            failed(error);
        }

        /** Where a login that blocks goes on; null where none may. */
        default @Nullable Background background() {
            return null;
        }

        /** What is sent before anything else to a server with these settings; empty for nothing. */
        default byte[] preface(ServerSettings settings) {
            return new byte[0];
        }

        /** Whether it is Penstock's own connection, which does not wait behind those of clients. */
        default boolean urgent() {
            return false;
        }

        /** Whether anyone still waits for the connection. */
        default boolean wanted() {
            return true;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ServerLoginHandler.class);

    private final ServerLogin login;
    private final Outcome outcome;
    private final String server;
    private final long timeoutMillis;
    private final @Nullable ServerTls tls;
    private @Nullable ScheduledFuture<?> timeout;
    private boolean begun;
    private boolean waiting;
    private boolean over;

    ServerLoginHandler(ServerLogin login, Outcome outcome, String server, long timeoutMillis) {
        this(login, outcome, server, timeoutMillis, null);
    }

    /**
     * A login that may switch to TLS.
     *
     * @param tls the switch to TLS that the login demands, or null where it is not to ask for one
     */
    ServerLoginHandler(ServerLogin login, Outcome outcome, String server, long timeoutMillis, @Nullable ServerTls tls) {
        super(Protocol.MAX_LOGIN_PACKET);
        this.login = login;
        this.outcome = outcome;
        this.server = server;
        this.timeoutMillis = timeoutMillis;
        this.tls = tls;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            begin(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        begin(context);
    }

    private void begin(ChannelHandlerContext context) {
        if (begun) {
            return;
        }
        begun = true;
        timeout = context.executor()
                .schedule(
                        () -> fail(context, unreachable("did not answer within " + timeoutMillis + " ms")),
                        timeoutMillis,
                        TimeUnit.MILLISECONDS);
        take(context, login::begin);
    }

    private SqlError unreachable(String what) {
        return new SqlError(2003, "08S01", "Can't connect to server '" + server + "': it " + what);
    }

    @Override
    void packet(ChannelHandlerContext context, byte[] payload) {
        if (over) {
            return;
        }
        if (waiting) {
            fail(context, unreachable("sent a packet out of turn"));
            return;
        }
        take(context, () -> login.onPacket(new ArrayPayload(payload)));
    }

    private void take(ChannelHandlerContext context, Supplier<ServerLoginStep> next) {
        try {
            step(context, Objects.requireNonNull(next.get(), "no step"));
        } catch (ProtocolException e) {
            fail(context, e.error());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            fail(context, unreachable("sent a packet that cannot be understood (" + e.getMessage() + ")"));
        }
    }

    private void step(ChannelHandlerContext context, ServerLoginStep step) {
        if (step instanceof ServerLoginStep.Send send) {
            send(context, send.payload());
        } else if (step instanceof ServerLoginStep.Ready && tls != null && !tls.begun()) {
            fail(context, unreachable("was logged in to without TLS"));
        } else if (step instanceof ServerLoginStep.Ready ready) {
            over = true;
            cancelTimeout();
            handOver(context, ready);
        } else if (step instanceof ServerLoginStep.Failed failed) {
            fail(context, failed.error());
        } else if (step instanceof ServerLoginStep.StartTls start) {
            startTls(context, start.request());
        } else if (step instanceof ServerLoginStep.InBackground background) {
            leaveLoop(context, background.task());
        }
    }

    private void handOver(ChannelHandlerContext context, ServerLoginStep.Ready ready) {
        Channel channel = context.channel();
        try {
            ChannelHandler successor = outcome.ready(ready, channel);
            boolean compress = Capabilities.has(ready.capabilities(), Capabilities.COMPRESS)
                    && context.pipeline().get(CompressionHandler.NAME) == null;
            if (compress) {
                CompressionHandler.towardsServer().replace(context.pipeline(), this, LinkHandler.NAME, successor);
            } else {
                context.pipeline().replace(this, LinkHandler.NAME, successor);
            }
            outcome.installed(ready, channel);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("what follows the login to server '{}' failed", server, e);
            channel.close();
            outcome.broken(SqlError.general("internal error behind the login to server '" + server + "'"));
        }
    }

    private void leaveLoop(ChannelHandlerContext context, Callable<ServerLoginStep> task) {
        Background background = outcome.background();
        if (background == null) {
            fail(context, unreachable("asks for a proof that Penstock's own accounts cannot give"));
            return;
        }
        waiting = true;
        background.run(
                task,
                (next, failure) -> {
                    waiting = false;
                    if (!over) {
                        take(context, () -> resumed(next, failure));
                    }
                },
                context.executor());
    }

    private ServerLoginStep resumed(@Nullable ServerLoginStep next, @Nullable Throwable failure) {
        if (failure instanceof ProtocolException known) {
            throw known;
        }
        return next == null ? new ServerLoginStep.Failed(unreachable("cannot be logged in to: " + failure)) : next;
    }

    private void startTls(ChannelHandlerContext context, byte[] request) {
        ServerTls switching = tls;
        if (switching == null || switching.begun()) {
            fail(context, unreachable("was to be spoken to over TLS, which is not configured"));
            return;
        }
        send(context, request);
        switching.begin(context);
    }

    @Override
    void rest(ChannelHandlerContext context, ByteBuf in) {
        if (tls != null && tls.pending() && in.isReadable()) {
            in.skipBytes(in.readableBytes());
            fail(context, unreachable("sent bytes before the switch to TLS"));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent ended && tls != null) {
            SqlError failure = tls.ended(ended);
            if (failure == null) {
                take(context, login::onTls);
            } else {
                fail(context, failure);
            }
        }
        super.userEventTriggered(context, event);
    }

    @Override
    void broken(ChannelHandlerContext context, String what) {
        fail(context, unreachable("sent " + what));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, unreachable("closed the connection during the login"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, unreachable("could not be read: " + cause.getMessage()));
    }

    private void fail(ChannelHandlerContext context, SqlError error) {
        if (over) {
            return;
        }
        over = true;
        cancelTimeout();
        context.close();
        outcome.failed(error);
    }

    private void cancelTimeout() {
        ScheduledFuture<?> pending = timeout;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
