package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.compress.CommandCompressor;

/** What a compressed read brings while the session does not read. */
class CompressionHandlerTest {
    private static final int LENGTH = 1_000_000;
    private static final int MOST_AT_A_TIME = 16 * 1024;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ByteBuf came = Unpooled.buffer();
    private final CommandCompressor compressor = new CommandCompressor();

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
        compressor.close();
    }

    private void begin(CompressionHandler handler) {
        ChannelInboundHandlerAdapter login = new ChannelInboundHandlerAdapter();
        channel.pipeline().addLast("login", login);
        handler.replace(channel.pipeline(), login, "session", new ChannelInboundHandlerAdapter());
    }

    private static byte[] packet(int fill) {
        byte[] payload = new byte[LENGTH];
        Arrays.fill(payload, (byte) fill);
        return PacketWriter.frame(0, payload);
    }

    private ByteBuf frames(int fill) {
        byte[] plain = packet(fill);
        ByteBuf made = Unpooled.buffer();
        compressor.write(plain, 0, plain.length, made::writeBytes);
        return made;
    }

    /** Takes what has come through behind what came before. */
    private int passed() {
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            came.writeBytes(next);
            next.release();
        }
        return came.readableBytes();
    }

    private void expect(int... fills) {
        ByteBuf whole = Unpooled.buffer();
        for (int fill : fills) {
            whole.writeBytes(packet(fill));
        }
        assertThat(passed()).isEqualTo(whole.readableBytes());
        assertThat(came).isEqualTo(whole);
    }

    @Test
    void shouldKeepWhatComesWhileReadingIsOff() {
        begin(CompressionHandler.towardsClient());
        channel.config().setAutoRead(false);
        channel.writeInbound(frames(1), frames(2), frames(3));
        assertThat(passed()).isLessThanOrEqualTo(MOST_AT_A_TIME);
        channel.config().setAutoRead(true);
        channel.runPendingTasks();
        expect(1, 2, 3);
    }

    @Test
    void shouldPassOnWhatAServerSaidBeforeItClosed() {
        begin(CompressionHandler.towardsServer());
        channel.config().setAutoRead(false);
        channel.writeInbound(frames(1), frames(2));
        channel.close();
        expect(1, 2);
    }

    @Test
    void shouldDropWhatAClientSaidBeforeItHungUp() {
        begin(CompressionHandler.towardsClient());
        channel.config().setAutoRead(false);
        channel.writeInbound(frames(1), frames(2));
        channel.close();
        assertThat(passed()).isLessThanOrEqualTo(MOST_AT_A_TIME);
    }
}
