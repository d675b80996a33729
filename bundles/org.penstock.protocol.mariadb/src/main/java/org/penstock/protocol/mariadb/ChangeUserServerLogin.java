package org.penstock.protocol.mariadb;

import org.penstock.api.command.Payload;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.wire.CodecException;
import org.penstock.wire.packet.ComChangeUser;

/** A change of user on a connection to a server: the command with a proof for the greeting's seed, then the {@link ServerAuthExchange}. */
final class ChangeUserServerLogin implements ServerLogin {
    private final ServerLoginRequest request;
    private final ServerAuthExchange exchange;
    private final long capabilities;

    ChangeUserServerLogin(ServerLoginRequest request, Greeting greeting) {
        this.request = request;
        this.capabilities = ServerCapabilities.of(request, greeting);
        this.exchange = new ServerAuthExchange(request.authenticator(), greeting, capabilities);
    }

    @Override
    public ServerLoginStep begin() {
        try {
            ServerAuthExchange.Proof proof = exchange.firstProof();
            String database = request.database();
            return new ServerLoginStep.Send(new ComChangeUser(
                            request.user(),
                            proof.proof(),
                            database == null ? "" : database,
                            request.charset(),
                            proof.plugin(),
                            request.attributes())
                    .encode(capabilities));
        } catch (ProtocolException e) {
            return new ServerLoginStep.Failed(e.error());
        } catch (CodecException | IllegalArgumentException e) {
            return new ServerLoginStep.Failed(LoginErrors.badHandshake(e));
        }
    }

    @Override
    public ServerLoginStep onPacket(Payload packet) {
        return exchange.onPacket(packet.bytes());
    }

    @Override
    public ServerLoginStep onTls() {
        return new ServerLoginStep.Failed(LoginErrors.badHandshake("a switch to TLS in a change of user"));
    }
}
