package org.penstock.protocol.mariadb;

import org.penstock.api.command.Payload;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.LoginStep;
import org.penstock.wire.CodecException;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ComChangeUser;
import org.penstock.wire.packet.ConnectionAttributes;

/** The login of a client that changes its user. What the command does not say, stays: capabilities; or is the greeting's: the collation. */
final class ChangeUserClientLogin implements ClientLogin {
    private final ClientLoginRequest request;
    private final byte[] command;

    ChangeUserClientLogin(ClientLoginRequest request, byte[] command) {
        this.request = request;
        this.command = command;
    }

    @Override
    public LoginStep begin() {
        try {
            ComChangeUser change = ComChangeUser.decode(command, request.capabilities());
            SqlError charset =
                    change.charset() == ComChangeUser.NO_CHARSET ? null : LoginErrors.charset(change.charset());
            if (charset != null) {
                return new LoginStep.Reject(charset);
            }
            ConnectionAttributes.decode(change.attributes());
            return new LoginStep.Identified(new LoginRequest(
                    change.user(),
                    change.authData(),
                    ClientPlugins.begun(change.plugin(), request.capabilities()),
                    change.database().isEmpty() ? null : change.database(),
                    change.charset() == ComChangeUser.NO_CHARSET
                            ? request.greeting().charset()
                            : change.charset(),
                    request.capabilities(),
                    PacketWriter.MAX_PACKET,
                    change.attributes()));
        } catch (CodecException | IllegalArgumentException e) {
            return new LoginStep.Reject(LoginErrors.badHandshake(e));
        }
    }

    @Override
    public LoginStep onPacket(Payload packet) {
        return new LoginStep.AuthData(packet.bytes());
    }

    @Override
    public byte[] switchTo(String plugin, byte[] data) {
        return ClientPlugins.switchTo(plugin, data, request.capabilities());
    }

    @Override
    public byte[] moreData(String plugin, byte[] data) {
        return ClientPlugins.moreData(plugin, data);
    }
}
