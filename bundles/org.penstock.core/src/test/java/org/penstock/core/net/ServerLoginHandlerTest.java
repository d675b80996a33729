package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.command.Payload;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.wire.PacketWriter;

/** A login to a server whose proof is made off the loop. */
class ServerLoginHandlerTest {
    private final Background background = new Background(1);
    private final List<String> events = new ArrayList<>();
    private String throwing = "";

    /** The task that the first packet of the server gives. */
    private final class Slow implements ServerLogin {
        private final Callable<ServerLoginStep> task;

        Slow(Callable<ServerLoginStep> task) {
            this.task = task;
        }

        @Override
        public ServerLoginStep begin() {
            return ServerLoginStep.AWAIT;
        }

        @Override
        public ServerLoginStep onPacket(Payload packet) {
            return new ServerLoginStep.InBackground(task);
        }

        @Override
        public ServerLoginStep onTls() {
            throw new IllegalStateException("no TLS");
        }
    }

    private EmbeddedChannel channel(Callable<ServerLoginStep> task, @Nullable Background where) {
        return new EmbeddedChannel(new ServerLoginHandler(
                new Slow(task),
                new ServerLoginHandler.Outcome() {
                    @Override
                    public ChannelHandler ready(ServerLoginStep.Ready ready, Channel channel) {
                        fail("ready");
                        return new ChannelInboundHandlerAdapter();
                    }

                    @Override
                    public void installed(ServerLoginStep.Ready ready, Channel channel) {
                        fail("installed");
                    }

                    @Override
                    public void failed(SqlError error) {
                        events.add(error.code() + " " + error.message());
                    }

                    @Override
                    public @Nullable Background background() {
                        return where;
                    }
                },
                "db1",
                10_000));
    }

    private void fail(String here) {
        if (here.equals(throwing)) {
            throw new IllegalStateException(here);
        }
    }

    private static void packet(EmbeddedChannel channel, int sequence) {
        channel.writeInbound(Unpooled.wrappedBuffer(PacketWriter.frame(sequence, new byte[] {1})));
    }

    private static void settle(EmbeddedChannel channel, java.util.function.BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!done.getAsBoolean() && System.nanoTime() - deadline < 0) {
            channel.runPendingTasks();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @AfterEach
    void close() {
        background.close();
    }

    @Test
    void shouldTakeStepThatWasMadeOffTheLoop() {
        Thread loop = Thread.currentThread();
        EmbeddedChannel channel = channel(
                () -> new ServerLoginStep.Send(new byte[] {(byte) (Thread.currentThread() == loop ? 1 : 2)}),
                background);
        packet(channel, 0);
        settle(channel, () -> !channel.outboundMessages().isEmpty());
        ByteBuf sent = channel.readOutbound();
        assertThat(sent.getByte(sent.readableBytes() - 1)).isEqualTo((byte) 2);
        sent.release();
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldFailWithErrorOfTask() {
        EmbeddedChannel channel = channel(
                () -> {
                    throw new ProtocolException(new SqlError(1251, "08004", "no ticket"));
                },
                background);
        packet(channel, 0);
        settle(channel, () -> !events.isEmpty());
        assertThat(events).containsExactly("1251 no ticket");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldFailWhenTaskThrows() {
        EmbeddedChannel channel = channel(
                () -> {
                    throw new java.io.IOException("broken");
                },
                background);
        packet(channel, 0);
        settle(channel, () -> !events.isEmpty());
        assertThat(events).singleElement().asString().startsWith("2003").contains("broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "installed"})
    void shouldCloseAndTellWhenWhatFollowsThrows(String where) {
        throwing = where;
        EmbeddedChannel channel = channel(
                () -> new ServerLoginStep.Ready(
                        new Greeting("11.4.5", 1, 0, 45, 2, "mysql_native_password", new byte[20]), 2, 0),
                background);
        packet(channel, 0);
        settle(channel, () -> !events.isEmpty());
        assertThat(events).singleElement().asString().startsWith("1105 internal error");
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
        assertThat(events).hasSize(1);
    }

    @Test
    void shouldFailOnPacketOutOfTurn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        EmbeddedChannel channel = channel(
                () -> {
                    release.await();
                    return ServerLoginStep.AWAIT;
                },
                background);
        packet(channel, 0);
        packet(channel, 1);
        release.countDown();
        assertThat(events).singleElement().asString().contains("out of turn");
        channel.finishAndReleaseAll();
        assertThat(events).hasSize(1);
    }

    @Test
    void shouldFailWhereNothingMayBlock() {
        EmbeddedChannel channel = channel(() -> ServerLoginStep.AWAIT, null);
        packet(channel, 0);
        assertThat(events).singleElement().asString().contains("own accounts");
    }
}
