package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.penstock.api.auth.Client;
import org.penstock.api.auth.Secret;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.auth.nativepassword.NativePasswordAuthenticator;
import org.penstock.core.login.Identity;
import org.penstock.core.login.PendingLogin;
import org.penstock.protocol.mariadb.MariaDbProtocol;
import org.penstock.wire.Capabilities;
import org.penstock.wire.PacketWriter;

/** Any bytes of a client or a server while a connection logs in: it ends with an error or waits, is never let in without a proof, and leaks nothing. */
class LoginFuzzTest {
    private static final int MAX_CHUNKS = 16;
    private static final long OFFERED = Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.CONNECT_ATTRS
            | Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA
            | Capabilities.SSL;
    private static final Protocol PROTOCOL = new MariaDbProtocol();
    private static @Nullable Background background;

    @BeforeAll
    static void begin() {
        background = new Background(1);
    }

    @AfterAll
    static void end() {
        background.close();
    }

    @FuzzTest(maxDuration = "30s")
    void shouldNotLetInAnyBytesOfAClient(FuzzedDataProvider data) {
        List<String> events = new ArrayList<>();
        Greeting greeting = new Greeting("11.4.5-MariaDB", 7, OFFERED, 45, 2, "mysql_native_password", new byte[20]);
        TestFront front = new TestFront(1);
        LoginHandler handler = new LoginHandler(
                port -> new PendingLogin(
                        port,
                        PROTOCOL.clientLogin(new ClientLoginRequest(greeting, OFFERED, false)),
                        front,
                        new Client("127.0.0.1", null, false),
                        new byte[20]),
                new LoginHandler.Outcome() {
                    @Override
                    public void accepted(LoginHandler accepted, Identity identity) {
                        events.add("accepted");
                    }

                    @Override
                    public void ended(@Nullable SqlError error) {
                        events.add("ended");
                    }
                },
                background,
                "MySQLClient",
                10_000);
        feed(new EmbeddedChannel(handler), data, 1);
        assertThat(events).doesNotContain("accepted").hasSizeLessThan(2);
    }

    @FuzzTest(maxDuration = "30s")
    void shouldEndOrWaitOnAnyBytesOfAServer(FuzzedDataProvider data) {
        List<String> events = new ArrayList<>();
        NativePasswordAuthenticator proofs = new NativePasswordAuthenticator();
        ServerAuthRequest proof = new ServerAuthRequest("app", Secret.clear("app"), "localhost", false, null);
        ServerLoginRequest request = new ServerLoginRequest(
                "app",
                data.consumeBoolean() ? "db" : null,
                45,
                OFFERED,
                1 << 24,
                new byte[0],
                data.consumeBoolean(),
                plugin -> plugin.equals(proofs.plugin()) ? proofs.server(proof) : null);
        ServerLoginHandler handler = new ServerLoginHandler(
                PROTOCOL.serverLogin(request),
                new ServerLoginHandler.Outcome() {
                    @Override
                    public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
                        events.add("ready");
                        return new ChannelInboundHandlerAdapter();
                    }

                    @Override
                    public void installed(ServerLoginStep.Ready ready, Channel channel) {}

                    @Override
                    public void failed(SqlError error) {
                        events.add("failed");
                    }
                },
                "server1",
                10_000);
        feed(new EmbeddedChannel(handler), data, 0);
        assertThat(events).hasSize(1);
    }

    /** Feeds everything in chunks, which are packets in their order or not; every buffer must have been given up behind the channel's end. */
    private static void feed(EmbeddedChannel channel, FuzzedDataProvider data, int firstSequence) {
        List<ByteBuf> fed = new ArrayList<>();
        boolean framed = data.consumeBoolean();
        int sequence = firstSequence;
        for (int i = 0; i < MAX_CHUNKS && data.remainingBytes() > 0 && channel.isOpen(); i++) {
            byte[] bytes = data.consumeBytes(data.consumeInt(1, 400));
            ByteBuf chunk = Unpooled.copiedBuffer(framed ? PacketWriter.frame(sequence, bytes) : bytes);
            sequence += 2;
            fed.add(chunk);
            channel.writeInbound(chunk);
            channel.runPendingTasks();
        }
        channel.finishAndReleaseAll();
        assertThat(fed).allMatch(chunk -> chunk.refCnt() == 0 || !chunk.isReadable() && chunk.capacity() == 0);
    }
}
