package org.penstock.protocol.mariadb;

import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Payload;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.wire.Capabilities;
import org.penstock.wire.Charsets;
import org.penstock.wire.CodecException;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.packet.HandshakeResponse41;
import org.penstock.wire.packet.HandshakeV10;
import org.penstock.wire.packet.SslRequest;

/**
 * The login of a new connection to a server: greeting, TLS where asked for, response, then the {@link ServerAuthExchange}.
 */
final class NewServerLogin implements ServerLogin {
    /** The client library's number for a TLS connection that cannot be made. */
    static final int TLS_ERROR = 2026;

    private static final long NEEDED = Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION;
    private static final int MAX_BYTE = 0xFF;

    private final ServerLoginRequest request;
    private @Nullable Greeting greeting;
    private @Nullable ServerAuthExchange exchange;
    private boolean secured;

    NewServerLogin(ServerLoginRequest request) {
        this.request = request;
    }

    @Override
    public ServerLoginStep begin() {
        return ServerLoginStep.AWAIT;
    }

    @Override
    public ServerLoginStep onPacket(Payload packet) {
        byte[] payload = packet.bytes();
        ServerAuthExchange current = exchange;
        if (current != null) {
            return current.onPacket(payload);
        }
        if (greeting != null) {
            return failed(LoginErrors.badHandshake("the server sent a packet before the switch to TLS"));
        }
        try {
            return onGreeting(payload);
        } catch (ProtocolException e) {
            return failed(e.error());
        } catch (CodecException | IllegalArgumentException e) {
            return failed(LoginErrors.badHandshake(e));
        }
    }

    private ServerLoginStep onGreeting(byte[] payload) {
        if (payload.length > 0 && (payload[0] & 0xFF) == ErrPacket.HEADER) {
            return failed(LoginErrors.of(ErrPacket.decode(payload)));
        }
        HandshakeV10 packet = HandshakeV10.decode(payload);
        Greeting announced = new Greeting(
                packet.version(),
                packet.connectionId(),
                packet.capabilities(),
                packet.charset(),
                packet.status(),
                packet.plugin(),
                packet.seed());
        if (!Capabilities.has(packet.capabilities(), NEEDED)) {
            return failed(LoginErrors.notSupported("The server speaks the protocol from before MySQL 4.1"));
        }
        greeting = announced;
        if (!request.tls()) {
            return response(announced);
        }
        if (!Capabilities.has(packet.capabilities(), Capabilities.SSL)) {
            return failed(
                    LoginErrors.of(TLS_ERROR, "TLS is required for this server, but the server does not offer it"));
        }
        return new ServerLoginStep.StartTls(
                new SslRequest(ServerCapabilities.of(request, announced), request.maxPacket(), charset()).encode());
    }

    @Override
    public ServerLoginStep onTls() {
        Greeting announced = greeting;
        if (announced == null || !request.tls() || secured) {
            return failed(LoginErrors.badHandshake("a switch to TLS that was not asked for"));
        }
        secured = true;
        try {
            return response(announced);
        } catch (ProtocolException e) {
            return failed(e.error());
        } catch (CodecException | IllegalArgumentException e) {
            return failed(LoginErrors.badHandshake(e));
        }
    }

    private ServerLoginStep response(Greeting announced) {
        long capabilities = ServerCapabilities.of(request, announced);
        ServerAuthExchange begun = new ServerAuthExchange(request.authenticator(), announced, capabilities);
        ServerAuthExchange.Proof proof = begun.firstProof();
        exchange = begun;
        return new ServerLoginStep.Send(new HandshakeResponse41(
                        capabilities,
                        request.maxPacket(),
                        charset(),
                        request.user(),
                        proof.proof(),
                        request.database(),
                        proof.plugin(),
                        request.attributes())
                .encode());
    }

    /** The packet has one byte for the collation: for a greater one, which a client can only ask for in a change of user, the character set is right and the order is utf8mb4's default. */
    private int charset() {
        return request.charset() > MAX_BYTE ? Charsets.UTF8MB4_GENERAL_CI : request.charset();
    }

    private static ServerLoginStep failed(SqlError error) {
        return new ServerLoginStep.Failed(error);
    }
}
