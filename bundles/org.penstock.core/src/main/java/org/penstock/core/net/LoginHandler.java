package org.penstock.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.Client;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.session.SessionContext;
import org.penstock.core.login.Identity;
import org.penstock.core.login.LoginPort;
import org.penstock.core.login.PendingLogin;
import org.penstock.core.session.SqlErrors;
import org.penstock.core.tls.TlsPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's channel while its login is pending. Removes itself when the client is accepted. */
final class LoginHandler extends PacketHandler implements LoginPort {
    private static final Logger LOG = LoggerFactory.getLogger(LoginHandler.class);

    /** Makes the login once the channel is there. */
    @FunctionalInterface
    interface Start {
        PendingLogin login(LoginPort port);
    }

    /** Takes over from here. */
    interface Outcome {
        /** The client is accepted; the handler is still in place and gives way when {@link LoginHandler#finish} is called. */
        void accepted(LoginHandler handler, Identity identity);

        /**
         * The client is refused in order. Where the connection goes on all the same, the handler is still in place and gives way when {@link LoginHandler#finish} is
         * called with the error.
         */
        default boolean goesOn(LoginHandler handler, SqlError error) {
            return false;
        }

        /** The login has ended otherwise: refused, timed out or hung up. */
        void ended(@Nullable SqlError error);
    }

    private final Start start;
    private final Outcome outcome;
    private final Background background;
    private final String protocol;
    private final long timeoutMillis;
    private final @Nullable ClientTls tls;
    private @Nullable ChannelHandlerContext context;
    private @Nullable PendingLogin login;
    private @Nullable ScheduledFuture<?> timeout;
    private @Nullable NettySession session;
    private boolean asked;
    private boolean mayMove;
    private boolean accepted;
    private boolean over;

    LoginHandler(Start start, Outcome outcome, Background background, String protocol, long timeoutMillis) {
        this(start, outcome, background, protocol, timeoutMillis, null);
    }

    /**
     * A login that may switch to TLS.
     *
     * @param tls the switch to TLS that the listener offers, or null
     */
    LoginHandler(
            Start start,
            Outcome outcome,
            Background background,
            String protocol,
            long timeoutMillis,
            @Nullable ClientTls tls) {
        super(Protocol.MAX_LOGIN_PACKET);
        this.start = start;
        this.outcome = outcome;
        this.background = background;
        this.protocol = protocol;
        this.timeoutMillis = timeoutMillis;
        this.tls = tls;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        if (added.channel().isActive()) {
            begin(added);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        begin(active);
    }

    private void begin(ChannelHandlerContext active) {
        if (login != null || over) {
            return;
        }
        timeout = active.executor().schedule(this::timedOut, timeoutMillis, TimeUnit.MILLISECONDS);
        try {
            PendingLogin begun = start.login(this);
            login = begun;
            begun.begin();
        } catch (ProtocolException e) {
            refused(e.error());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            LOG.warn("protocol '{}' failed at the beginning of a login: {}", protocol, e.toString());
            refused(SqlError.general(
                    "protocol '" + protocol + "' failed: " + e.getClass().getSimpleName()));
        }
    }

    /** Whether the connection's peer may say that it speaks for another; before the handler is in its pipeline. */
    void mayMove(boolean believed) {
        mayMove = believed;
    }

    @Override
    public boolean mayMove() {
        return mayMove;
    }

    /** The client is elsewhere than its connection comes from. */
    void moved(Client elsewhere) {
        PendingLogin pending = login;
        if (pending != null) {
            pending.moved(elsewhere);
        }
        if (tls != null) {
            tls.moved(elsewhere.address());
        }
    }

    private void timedOut() {
        if (!over) {
            LOG.debug("login timed out after {} ms: {}", timeoutMillis, ReadTimeoutException.class.getSimpleName());
            refused(new SqlError(1159, "08S01", "Got timeout reading communication packets"));
        }
    }

    @Override
    void packet(ChannelHandlerContext read, byte[] payload) {
        PendingLogin pending = login;
        asked = false;
        if (pending != null && !over) {
            pending.packet(new ArrayPayload(payload));
        }
    }

    /** Whether the connection is encrypted. */
    boolean secured() {
        return tls != null && tls.begun() && !tls.pending();
    }

    /** SHA-256 of the certificate that the client was shown; empty without TLS. */
    byte[] fingerprint() {
        return tls == null ? new byte[0] : tls.fingerprint();
    }

    /** See {@link PendingLogin#certificateProofKey()}. */
    byte @Nullable [] certificateProofKey() {
        PendingLogin pending = login;
        return pending == null ? null : pending.certificateProofKey();
    }

    @Override
    public @Nullable TlsPeer tlsPeer() {
        SslHandler secured = context().pipeline().get(SslHandler.class);
        return secured == null ? null : TlsPeer.of(secured.engine().getSession());
    }

    @Override
    public boolean tlsRequired() {
        return tls != null && tls.required();
    }

    @Override
    public void startTls() {
        if (tls == null || tls.begun()) {
            refused(new SqlError(1043, "08S01", "Bad handshake: this listener offers no TLS"));
            return;
        }
        tls.begin(context());
    }

    /** What came behind the request for TLS is for TLS, whatever it is. */
    @Override
    void rest(ChannelHandlerContext read, ByteBuf in) {
        if (tls != null && tls.pending() && in.isReadable()) {
            tls.take(read, in.readRetainedSlice(in.readableBytes()));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext triggered, Object event) throws Exception {
        PendingLogin pending = login;
        if (event instanceof SslHandshakeCompletionEvent ended && tls != null && pending != null && !over) {
            if (tls.ended(ended)) {
                pending.secured();
            } else {
                refused(new SqlError(2026, "HY000", "TLS handshake failed"));
            }
        }
        super.userEventTriggered(triggered, event);
    }

    @Override
    void broken(ChannelHandlerContext read, String what) {
        LOG.debug("bad login packet: {}", what);
        if (accepted) {
            read.close();
            return;
        }
        refused(new SqlError(1043, "08S01", "Bad handshake"));
    }

    @Override
    public void send(byte[] payload) {
        asked = true;
        send(context(), payload);
    }

    @Override
    public void accepted(Identity identity) {
        if (over) {
            identity.credential().destroy();
            return;
        }
        accepted = true;
        context().channel().config().setAutoRead(false);
        cancelTimeout();
        try {
            outcome.accepted(this, identity);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("a session cannot be opened", e);
            if (session == null) {
                identity.credential().destroy();
            }
            refused(SqlError.general("internal error"));
        }
    }

    /** After acceptance nothing more is decoded: what came already is for the session. */
    @Override
    boolean paused() {
        return accepted || over;
    }

    /** The session that is being opened for this client; it ends when the client hangs up first. */
    void session(NettySession opening) {
        session = opening;
    }

    /** Confirms the login and gives the channel to the session's handler, behind compression where that is to begin; bytes that came meanwhile go to it. */
    void finish(byte[] ok, ChannelHandler successor, boolean compress) {
        over = true;
        cancelTimeout();
        send(context(), ok);
        Channel channel = context().channel();
        if (compress) {
            CompressionHandler.towardsClient().replace(channel.pipeline(), this, "session", successor);
        } else {
            channel.pipeline().replace(this, "session", successor);
        }
    }

    @Override
    public void refused(SqlError error) {
        if (over) {
            return;
        }
        cancelTimeout();
        PendingLogin pending = login;
        if (pending != null) {
            pending.close();
        }
        accepted = true;
        if (outcome.goesOn(this, error)) {
            return;
        }
        over = true;
        if (tls != null && tls.pending()) {
            // Nothing is said in clear text any more.
            context().close();
        } else {
            send(context(), SqlErrors.packet(error));
            Closing.gracefully(context().channel());
        }
        outcome.ended(error);
    }

    /** The session to which the login belongs ends with this error, and the client is told wherever the login stands. */
    void cut(SqlError error) {
        if (over) {
            return;
        }
        over = true;
        cancelTimeout();
        PendingLogin pending = login;
        if (pending != null) {
            pending.close();
        }
        if (asked && !accepted) {
            // the client listens behind its answer only
            sequence(sequence() + 1);
        }
        accepted = true;
        send(context(), SqlErrors.packet(error));
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        cancelTimeout();
        PendingLogin pending = login;
        if (pending != null) {
            pending.close();
        }
        NettySession opening = session;
        if (!over) {
            over = true;
            if (opening != null) {
                opening.machine().clientClosed();
            } else {
                outcome.ended(null);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
        LOG.debug("login connection failed: {}", cause.toString());
        caught.close();
    }

    @Override
    public <T> void background(Callable<T> task, SessionContext.Outcome<T> result) {
        background.run(task, result, this::execute);
    }

    @Override
    public void execute(Runnable task) {
        context().executor().execute(task);
    }

    private void cancelTimeout() {
        ScheduledFuture<?> pending = timeout;
        if (pending != null) {
            pending.cancel(false);
        }
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext current = context;
        if (current == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return current;
    }
}
