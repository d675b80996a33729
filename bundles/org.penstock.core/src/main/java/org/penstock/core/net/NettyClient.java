package org.penstock.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.Client;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.Protocol;
import org.penstock.core.login.Identity;
import org.penstock.core.login.PendingLogin;
import org.penstock.core.net.tls.CertificateProof;
import org.penstock.core.session.ArrayBytes;
import org.penstock.core.session.Bytes;
import org.penstock.core.session.SqlErrors;
import org.penstock.wire.Capabilities;
import org.penstock.wire.PacketWriter;

/** The client's channel of a session. */
final class NettyClient implements ClientSide {
    /** Errors of a COM_CHANGE_USER behind which the session goes on with its account: of the account, its host, its database. */
    private static final Set<Integer> DENIALS = Set.of(1044, 1045, 1049, 1130, 1698, 4151);

    /** Refusals of another account that a session outlives. */
    private static final int MOST_DENIED = 3;

    private final Channel channel;
    private final Acceptor.Settings settings;
    private final Client client;
    /** While a login is pending, the first or that of a change of user; kept no longer, since it holds objects of the protocol's and the authenticator's bundles. */
    private @Nullable LoginHandler login;

    /** SHA-256 of the certificate that the client was shown; empty without TLS. */
    private final byte[] fingerprint;

    private int denied;
    private boolean opened;
    private boolean refused;
    private boolean dirty;
    private boolean full;
    private long fullNanos;

    NettyClient(Channel channel, LoginHandler login, Acceptor.Settings settings, Client client) {
        this.channel = channel;
        this.login = login;
        this.fingerprint = login.fingerprint();
        this.settings = settings;
        this.client = client;
    }

    @Override
    public void writable(boolean writable) {
        full = !writable;
        fullNanos = System.nanoTime();
    }

    @Override
    public boolean stalled(long nowNanos, Duration limit) {
        if (limit.isZero() || !full || nowNanos - fullNanos < limit.toNanos()) {
            return false;
        }
        // What waits would keep a graceful end waiting too.
        channel.close();
        return true;
    }

    @Override
    public Endpoints endpoints() {
        return Endpoints.of(channel);
    }

    @Override
    public void write(Bytes bytes) {
        channel.write(NettyBytes.buffer(bytes), channel.voidPromise());
        dirty = true;
    }

    @Override
    public void flush() {
        if (dirty) {
            dirty = false;
            channel.flush();
        }
    }

    @Override
    public void read(boolean on) {
        channel.config().setAutoRead(on);
    }

    @Override
    public void opened(NettySession session) {
        LoginHandler pending = login;
        opened = true;
        login = null;
        judged(session, null);
        if (pending != null) {
            boolean compress = Capabilities.has(session.machine().state().capabilities(), Capabilities.COMPRESS);
            pending.finish(ok(session, pending), new SessionHandler(session), compress);
        }
    }

    private byte[] ok(NettySession session, LoginHandler pending) {
        return NettySession.ok(
                session,
                CertificateProof.text(
                        pending.certificateProofKey(), session.greeting().seed(), fingerprint));
    }

    @Override
    public void refused(NettySession session, SqlError error) {
        LoginHandler pending = login;
        refused = true;
        login = null;
        judged(session, error);
        if (pending != null) {
            pending.refused(error);
        }
    }

    /** Servers have let a client in whose proof only they could check, or have refused it. */
    private void judged(NettySession session, @Nullable SqlError error) {
        Identity identity = session.identity();
        if (identity.awaitsServer()) {
            session.frontend().rules(settings.policy()).ended(identity.request().user(), client.address(), error);
        }
    }

    @Override
    public void close() {
        login = null;
        if (refused) {
            return;
        }
        if (!opened) {
            channel.close();
        } else {
            Closing.gracefully(channel);
        }
    }

    @Override
    public void changeUser(NettySession session, byte[] command) {
        String protocol = settings.protocol();
        Protocol dialect = session.frontend().protocol(protocol);
        if (dialect == null) {
            session.machine().end(SqlError.general("protocol '" + protocol + "' is not available"));
            return;
        }
        ClientLoginRequest request = new ClientLoginRequest(
                session.greeting(), session.machine().state().capabilities(), false);
        LoginHandler handler = new LoginHandler(
                port -> new PendingLogin(
                        port,
                        dialect.changeUser(request, new ArrayPayload(command)),
                        session.frontend().rules(settings.policy()),
                        client,
                        session.greeting().seed()),
                new ChangeOutcome(session),
                session.reactor().background(),
                protocol,
                settings.loginTimeoutMillis());
        handler.sequence(1);
        ChannelHandler current = channel.pipeline().get("session");
        if (current != null) {
            login = handler;
            channel.pipeline().replace(current, "login", handler);
            if (!handler.paused()) {
                channel.config().setAutoRead(true);
            }
        }
    }

    @Override
    public void cutChange(NettySession session, SqlError error) {
        LoginHandler pending = login;
        login = null;
        if (pending == null) {
            write(new ArrayBytes(PacketWriter.frame(1, SqlErrors.packet(error))));
        } else {
            pending.cut(error);
        }
    }

    /** How a COM_CHANGE_USER ends. */
    private final class ChangeOutcome implements LoginHandler.Outcome {
        private final NettySession session;
        private boolean decided;

        ChangeOutcome(NettySession session) {
            this.session = session;
        }

        @Override
        public void accepted(LoginHandler handler, Identity identity) {
            decided = true;
            Runnable confirmed = () -> {
                login = null;
                judged(session, null);
                handler.finish(ok(session, handler), new SessionHandler(session), false);
            };
            UserChange.accepted(session, identity, confirmed, error -> {
                if (!session.closed()) {
                    judged(session, error);
                }
                handler.refused(error);
            });
        }

        @Override
        public boolean goesOn(LoginHandler handler, SqlError error) {
            if (decided || !DENIALS.contains(error.code()) || ++denied > MOST_DENIED || !channel.isActive()) {
                return false;
            }
            decided = true;
            channel.config().setAutoRead(false);
            Runnable told = () -> {
                login = null;
                handler.finish(SqlErrors.packet(error), new SessionHandler(session), false);
            };
            UserChange.refused(session, told, handler::refused);
            return true;
        }

        @Override
        public void ended(@Nullable SqlError error) {
            refused = true;
            session.machine().close();
        }
    }
}
