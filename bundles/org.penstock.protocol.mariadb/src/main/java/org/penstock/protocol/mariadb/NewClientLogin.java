package org.penstock.protocol.mariadb;

import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Payload;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.LoginStep;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CodecException;
import org.penstock.wire.packet.ConnectionAttributes;
import org.penstock.wire.packet.HandshakeResponse41;
import org.penstock.wire.packet.HandshakeV10;
import org.penstock.wire.packet.SslRequest;

/**
 * The login of a new client.
 *
 * <pre>
 * GREETED --SSLRequest--> SECURED --response--> IDENTIFIED --any packet--> IDENTIFIED
 * GREETED --response--> IDENTIFIED
 * </pre>
 *
 * A packet that does not fit its state refuses the client; after that nothing is accepted.
 */
final class NewClientLogin implements ClientLogin {
    private static final long NEEDED = Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION;

    private enum State {
        GREETED,
        SECURED,
        IDENTIFIED,
        REFUSED
    }

    private final Greeting greeting;
    private final long offered;
    private State state = State.GREETED;
    private long negotiated;

    NewClientLogin(ClientLoginRequest request) {
        this.greeting = request.greeting();
        this.offered = offered(request);
    }

    private static long offered(ClientLoginRequest request) {
        long offered = (request.capabilities() & Capabilities.SUPPORTED) | NEEDED | Capabilities.PLUGIN_AUTH;
        offered = request.tls() ? offered | Capabilities.SSL : offered & ~Capabilities.SSL;
        return Capabilities.has(offered, Capabilities.MYSQL) ? offered & Capabilities.CLASSIC_MASK : offered;
    }

    @Override
    public LoginStep begin() {
        return new LoginStep.Send(new HandshakeV10(
                        GreetingVersion.onWire(greeting.version()),
                        greeting.connectionId(),
                        greeting.seed(),
                        offered,
                        greeting.charset(),
                        greeting.status(),
                        greeting.plugin())
                .encode());
    }

    @Override
    public LoginStep onPacket(Payload packet) {
        byte[] payload = packet.bytes();
        return switch (state) {
            case GREETED -> SslRequest.matches(payload) ? onSslRequest(payload) : onResponse(payload);
            case SECURED -> onResponse(payload);
            case IDENTIFIED -> new LoginStep.AuthData(payload);
            case REFUSED -> refuse(LoginErrors.badHandshake("the client was refused"));
        };
    }

    private LoginStep onSslRequest(byte[] payload) {
        SqlError error = missing(payload);
        if (error != null) {
            return refuse(error);
        }
        if (!Capabilities.has(offered, Capabilities.SSL)) {
            return refuse(LoginErrors.badHandshake("the client asks for TLS, which this listener does not offer"));
        }
        state = State.SECURED;
        return LoginStep.START_TLS;
    }

    private LoginStep onResponse(byte[] payload) {
        SqlError error = missing(payload);
        if (error != null) {
            return refuse(error);
        }
        try {
            HandshakeResponse41 response = HandshakeResponse41.decode(payload);
            if (state == State.GREETED && Capabilities.has(response.capabilities(), Capabilities.SSL)) {
                return refuse(
                        LoginErrors.badHandshake("the client's login speaks of TLS, but it did not switch to it"));
            }
            SqlError charset = LoginErrors.charset(response.charset());
            if (charset != null) {
                return refuse(charset);
            }
            ConnectionAttributes.decode(response.attributes());
            negotiated = response.capabilities() & (offered | Capabilities.MYSQL);
            state = State.IDENTIFIED;
            return new LoginStep.Identified(request(response));
        } catch (CodecException | IllegalArgumentException e) {
            return refuse(LoginErrors.badHandshake(e));
        }
    }

    private LoginRequest request(HandshakeResponse41 response) {
        String database = response.database();
        return new LoginRequest(
                response.user(),
                response.authData(),
                ClientPlugins.begun(response.plugin(), negotiated),
                database == null || database.isEmpty() ? null : database,
                response.charset(),
                negotiated,
                response.maxPacket(),
                response.attributes());
    }

    /** What a client lacks by the first four bytes of its answer, or null. */
    private static @Nullable SqlError missing(byte[] payload) {
        if (payload.length < 4) {
            return LoginErrors.badHandshake("expected at least 4 bytes, got " + payload.length);
        }
        long flags = (payload[0] & 0xFF) | ((payload[1] & 0xFF) << 8);
        if (!Capabilities.has(flags, Capabilities.PROTOCOL_41)) {
            return LoginErrors.notSupported("The client speaks the protocol from before MySQL 4.1"
                    + " (no CLIENT_PROTOCOL_41); use a newer one");
        }
        if (!Capabilities.has(flags, Capabilities.SECURE_CONNECTION)) {
            return LoginErrors.notSupported("The client supports only passwords from before MySQL 4.1"
                    + " (no CLIENT_SECURE_CONNECTION); use a newer one");
        }
        return null;
    }

    private LoginStep refuse(SqlError error) {
        state = State.REFUSED;
        return new LoginStep.Reject(error);
    }

    @Override
    public byte[] switchTo(String plugin, byte[] data) {
        return ClientPlugins.switchTo(plugin, data, negotiated);
    }

    @Override
    public byte[] moreData(String plugin, byte[] data) {
        return ClientPlugins.moreData(plugin, data);
    }
}
