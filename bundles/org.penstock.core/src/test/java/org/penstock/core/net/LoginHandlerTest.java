package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.auth.Client;
import org.penstock.api.auth.Credential;
import org.penstock.api.command.Payload;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.LoginStep;
import org.penstock.core.login.Identity;
import org.penstock.core.login.PendingLogin;
import org.penstock.wire.NativePassword;

/** A login's channel at its edges: bytes behind the last packet, hang-ups, errors of what takes over. */
class LoginHandlerTest {
    private final List<String> events = new ArrayList<>();
    private final Background background = new Background(1);
    private boolean failing;
    private @Nullable Credential credential;
    private final LoginHandler handler = new LoginHandler(
            port -> new PendingLogin(
                    port, new OnePacket(), new TestFront(1), new Client("127.0.0.1", null, false), new byte[20]),
            new LoginHandler.Outcome() {
                @Override
                public void accepted(LoginHandler accepted, Identity identity) {
                    events.add("accepted");
                    credential = identity.credential();
                    if (failing) {
                        throw new IllegalStateException("no session");
                    }
                }

                @Override
                public void ended(@Nullable SqlError error) {
                    events.add("ended " + (error == null ? "by the client" : error.code()));
                }
            },
            background,
            "MySQLClient",
            10_000);
    private final EmbeddedChannel channel = new EmbeddedChannel(handler);

    /** Identifies the client at its first packet. */
    private static final class OnePacket implements ClientLogin {
        @Override
        public LoginStep begin() {
            return new LoginStep.Send(new byte[] {10});
        }

        @Override
        public LoginStep onPacket(Payload packet) {
            return new LoginStep.Identified(new LoginRequest(
                    "app",
                    NativePassword.scramble("app".getBytes(StandardCharsets.UTF_8), new byte[20]),
                    "mysql_native_password",
                    null,
                    45,
                    0,
                    0,
                    new byte[0]));
        }

        @Override
        public byte[] switchTo(String plugin, byte[] data) {
            return new byte[0];
        }

        @Override
        public byte[] moreData(String plugin, byte[] data) {
            return new byte[0];
        }
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
        background.close();
    }

    private static ByteBuf packets(int... bytes) {
        ByteBuf buffer = Unpooled.buffer();
        for (int value : bytes) {
            buffer.writeByte(value);
        }
        return buffer;
    }

    @Test
    void shouldLeaveBytesBehindLastPacketToSession() {
        channel.writeInbound(packets(1, 0, 0, 1, 'x', 1, 0, 0, 99, 0x0e));
        assertThat(events).containsExactly("accepted");
        ByteBuf seen = Unpooled.buffer();
        handler.finish(
                new byte[] {0},
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        seen.writeBytes((ByteBuf) message);
                        ((ByteBuf) message).release();
                    }
                },
                false);
        assertThat(seen).isEqualTo(packets(1, 0, 0, 99, 0x0e));
    }

    @Test
    void shouldEndOnceWhenClientHangsUp() {
        channel.close();
        channel.close();
        assertThat(events).containsExactly("ended by the client");
    }

    @Test
    void shouldRefuseWrongSequenceBeforeAcceptance() {
        channel.writeInbound(packets(1, 0, 0, 7, 'x', 1, 0, 0, 1, 'x'));
        assertThat(events).containsExactly("ended 1043");
    }

    @Test
    void shouldRefuseClientWhenSessionCannotBeOpened() {
        failing = true;
        channel.writeInbound(packets(1, 0, 0, 1, 'x'));
        assertThat(events).containsExactly("accepted", "ended 1105");
        assertThat(credential).isNotNull();
        assertThat(credential.secret()).as("the secret is destroyed").containsOnly(0);
    }

    @Test
    void shouldRefuseClientWhenMachineCannotBeMade() {
        LoginHandler broken = new LoginHandler(
                port -> {
                    throw new IndexOutOfBoundsException("short COM_CHANGE_USER");
                },
                new LoginHandler.Outcome() {
                    @Override
                    public void accepted(LoginHandler accepted, Identity identity) {
                        throw new AssertionError("accepted");
                    }

                    @Override
                    public void ended(@Nullable SqlError error) {
                        events.add("ended " + (error == null ? 0 : error.code()));
                    }
                },
                background,
                "MySQLClient",
                10_000);
        EmbeddedChannel other = new EmbeddedChannel(broken);
        // as behind the accept of a channel that was active already
        other.pipeline().fireChannelActive();
        assertThat(events).containsExactly("ended 1105");
        other.finishAndReleaseAll();
    }
}
