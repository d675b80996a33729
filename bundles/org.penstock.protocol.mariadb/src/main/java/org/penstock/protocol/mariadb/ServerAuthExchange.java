package org.penstock.protocol.mariadb;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.wire.CodecException;
import org.penstock.wire.packet.AuthMoreData;
import org.penstock.wire.packet.AuthSwitchRequest;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.packet.OkPacket;

/**
 * The part of a login to a server that starts with a proof and ends with OK or ERR: switches and further data of plugins in between. Where there is no proof for a
 * plugin the server gets an empty one, since the account may have another method; what was missing is the error when the server refuses.
 */
final class ServerAuthExchange {
    /** Most switches and further data of one login; a server that goes on is refused. */
    static final int MAX_ROUNDS = 16;

    private static final String NATIVE = "mysql_native_password";
    private static final int SEED_LENGTH = 20;

    /**
     * A plugin and its proof.
     *
     * @param plugin name that is told to the server
     * @param proof may be empty
     */
    record Proof(String plugin, byte[] proof) {}

    private final Function<String, @Nullable ServerAuth> authenticator;
    private final Greeting greeting;
    private final long capabilities;
    private @Nullable ServerAuth auth;
    private @Nullable SqlError unproved;
    private int rounds;

    ServerAuthExchange(Function<String, @Nullable ServerAuth> authenticator, Greeting greeting, long capabilities) {
        this.authenticator = authenticator;
        this.greeting = greeting;
        this.capabilities = capabilities;
    }

    /**
     * The proof for the server's default plugin; for one that is not at hand, that of mysql_native_password, as the account may have another plugin than the
     * server's default.
     */
    Proof firstProof() {
        String plugin = greeting.plugin().isEmpty() ? NATIVE : greeting.plugin();
        ServerAuth machine = authenticator.apply(plugin);
        if (machine == null || machine.isBlocking()) {
            plugin = NATIVE;
            machine = authenticator.apply(plugin);
        }
        return new Proof(plugin, proof(machine, plugin, greeting.seed()));
    }

    private byte[] proof(@Nullable ServerAuth machine, String plugin, byte[] seed) {
        auth = machine;
        if (machine == null) {
            unproved = LoginErrors.notSupported("The server asks for the authentication plugin '" + plugin
                    + "': no authenticator of that name is installed, or the way in which the client logged in gives"
                    + " no proof for it");
            return new byte[0];
        }
        try {
            byte[] proof = machine.onSeed(seed);
            unproved = null;
            return proof;
        } catch (ProtocolException e) {
            unproved = e.error();
            auth = null;
            return new byte[0];
        }
    }

    ServerLoginStep onPacket(byte[] payload) {
        try {
            return payload.length == 0
                    ? failed("expected OK, ERR or a switch of the server, got an empty packet")
                    : step(payload);
        } catch (ProtocolException e) {
            return new ServerLoginStep.Failed(e.error());
        } catch (CodecException | IllegalArgumentException e) {
            return new ServerLoginStep.Failed(LoginErrors.badHandshake(e));
        }
    }

    private ServerLoginStep step(byte[] payload) {
        return switch (payload[0] & 0xFF) {
            case OkPacket.HEADER ->
                new ServerLoginStep.Ready(
                        greeting,
                        capabilities,
                        OkPacket.decode(payload, capabilities).status());
            case ErrPacket.HEADER -> refused(LoginErrors.of(ErrPacket.decode(payload)));
            case AuthSwitchRequest.HEADER ->
                ++rounds > MAX_ROUNDS ? tooLong() : onSwitch(AuthSwitchRequest.decode(payload));
            default -> ++rounds > MAX_ROUNDS ? tooLong() : onMoreData(AuthMoreData.decode(payload));
        };
    }

    private ServerLoginStep refused(SqlError error) {
        SqlError missing = unproved;
        return new ServerLoginStep.Failed(missing == null ? error : missing);
    }

    private ServerLoginStep onSwitch(AuthSwitchRequest request) {
        String plugin = request.plugin();
        ServerAuth machine = authenticator.apply(plugin);
        return step(machine, () -> new ServerLoginStep.Send(proof(machine, plugin, seed(request.data()))));
    }

    private ServerLoginStep onMoreData(AuthMoreData more) {
        ServerAuth machine = auth;
        if (machine == null) {
            SqlError missing = unproved;
            return missing == null
                    ? failed("the server sends data of a plugin that was not begun")
                    : new ServerLoginStep.Failed(missing);
        }
        return step(machine, () -> {
            byte[] answer = machine.onMoreData(more.data());
            return answer.length == 0 ? ServerLoginStep.AWAIT : new ServerLoginStep.Send(answer);
        });
    }

    /** The step now, or off the loop for a machine that blocks; the handler lets nothing else happen meanwhile. */
    private static ServerLoginStep step(@Nullable ServerAuth machine, Supplier<ServerLoginStep> answer) {
        return machine != null && machine.isBlocking() ? new ServerLoginStep.InBackground(answer::get) : answer.get();
    }

    /** Without the NUL that stands behind a seed of the usual length. */
    private static byte[] seed(byte[] data) {
        boolean nul = data.length == SEED_LENGTH + 1 && data[SEED_LENGTH] == 0;
        return nul ? Arrays.copyOf(data, SEED_LENGTH) : data;
    }

    private static ServerLoginStep tooLong() {
        return failed("the server asked more than " + MAX_ROUNDS + " times");
    }

    private static ServerLoginStep failed(String detail) {
        return new ServerLoginStep.Failed(LoginErrors.badHandshake(detail));
    }
}
