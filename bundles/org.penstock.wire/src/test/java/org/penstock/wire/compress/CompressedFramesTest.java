package org.penstock.wire.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.wire.CodecException;
import org.penstock.wire.PacketWriter;

class CompressedFramesTest {
    /** Decompresses, given the input in steps. */
    private static byte[] plain(byte[] frames, int step, int room) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] out = new byte[room];
        try (Decompressor decompressor = new Decompressor()) {
            for (int at = 0; at < frames.length; at += step) {
                decompressor.feed(frames, at, Math.min(step, frames.length - at));
                for (int count = decompressor.next(out); count > 0; count = decompressor.next(out)) {
                    plain.write(out, 0, count);
                }
            }
        }
        return plain.toByteArray();
    }

    private static byte[] replies(byte[] bytes, int firstNumber) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        try (ReplyCompressor compressor = new ReplyCompressor()) {
            compressor.received(firstNumber - 1);
            compressor.write(bytes, 0, bytes.length, frames::write);
            compressor.flush(frames::write);
        }
        return frames.toByteArray();
    }

    private static byte[] commands(byte[] bytes, int step) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        try (CommandCompressor compressor = new CommandCompressor()) {
            for (int at = 0; at < bytes.length; at += step) {
                compressor.write(bytes, at, Math.min(step, bytes.length - at), frames::write);
            }
        }
        return frames.toByteArray();
    }

    /** Numbers of frames in a stream of them. */
    private static List<Integer> numbers(byte[] frames) {
        List<Integer> numbers = new ArrayList<>();
        for (int at = 0; at < frames.length; at += Frame.HEADER + Frame.int3(frames, at)) {
            numbers.add(frames[at + 3] & 0xFF);
        }
        return numbers;
    }

    private static byte[] text(int length) {
        return "compressible ".repeat(length / 13 + 1).substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 49, 50, 51, 1000, 65535, 65536, 65537, 300_000})
    void shouldGiveBackWhatWasCompressed(int length) {
        for (byte[] bytes : List.of(text(length), noise(length))) {
            byte[] frames = replies(bytes, 1);
            assertThat(plain(frames, frames.length, 16 * 1024)).isEqualTo(bytes);
            assertThat(plain(frames, 1, 16 * 1024)).isEqualTo(bytes);
            assertThat(plain(frames, 1, 1)).isEqualTo(bytes);
            assertThat(plain(frames, 1000, 77)).isEqualTo(bytes);
        }
    }

    @Test
    void shouldCompressOnlyWhatGetsShorter() {
        byte[] small = replies(text(49), 1);
        assertThat(small).hasSize(Frame.HEADER + 49);
        assertThat(Frame.int3(small, 4)).isZero();
        byte[] noisy = replies(noise(1000), 1);
        assertThat(noisy).hasSize(Frame.HEADER + 1000);
        assertThat(Frame.int3(noisy, 4)).isZero();
        byte[] good = replies(text(1000), 1);
        assertThat(good.length).isLessThan(100);
        assertThat(Frame.int3(good, 4)).isEqualTo(1000);
    }

    @Test
    void shouldNumberRepliesOnFromTheClient() {
        assertThat(numbers(replies(noise(200_000), 1))).containsExactly(1, 2, 3, 4);
        assertThat(numbers(replies(noise(200_000), 254))).containsExactly(254, 255, 0, 1);
    }

    @Test
    void shouldGiveEachCommandFramesOfItsOwn() {
        byte[] first = PacketWriter.frame(0, text(10));
        byte[] second = PacketWriter.frame(0, text(5000));
        byte[] continued = PacketWriter.frame(3, noise(60));
        byte[] empty = PacketWriter.frame(4, new byte[0]);
        byte[] stream = join(first, second, continued, empty);
        for (int step : new int[] {stream.length, 1, 3, 13}) {
            byte[] frames = commands(stream, step);
            assertThat(numbers(frames)).containsExactly(0, 0, 3, 4);
            assertThat(plain(frames, frames.length, 1000)).isEqualTo(stream);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65_531, 65_532, 65_533, 65_600, 130_000, 1_000_000, 16_777_214, 16_777_215, 16_777_300})
    void shouldEndALargeCommandWithTheNumberOfItsLastPacket(int length) {
        byte[] packets = PacketWriter.frame(0, text(length));
        byte[] frames = commands(packets, 40_000);
        List<Integer> numbers = numbers(frames);
        assertThat(numbers.get(0)).isZero();
        assertThat(numbers.get(numbers.size() - 1)).isEqualTo(PacketWriter.packets(length) - 1);
        int last = -1;
        for (int i = 1; i < numbers.size(); i++) {
            last = numbers.get(i - 1);
            assertThat(numbers.get(i)).isEqualTo(last + 1 & 0xFF);
        }
        assertThat(plain(frames, 50_000, 16 * 1024)).isEqualTo(packets);
    }

    @Test
    void shouldNumberPacketsThatContinueOthers() {
        byte[] stream = join(
                PacketWriter.frame(0, text(3)),
                PacketWriter.frame(0, text(2 * 0xFFFFFF)),
                PacketWriter.frame(0, text(5)),
                PacketWriter.frame(255, text(0xFFFFFF + 9)),
                PacketWriter.frame(7, new byte[0]),
                PacketWriter.frame(9, text(1)));
        int last = stream.length - 5;
        byte[] unnumbered = stream.clone();
        int second = 7 + 4 + 0xFFFFFF;
        unnumbered[second + 3] = 0;
        unnumbered[second + 4 + 0xFFFFFF + 3] = 0;
        unnumbered[last - 4 - 9 - 4 + 3] = 99;
        assertThat(unnumbered).isNotEqualTo(stream);
        for (int step : new int[] {stream.length, 4099, 1}) {
            byte[] bytes = unnumbered.clone();
            ContinuedNumbers numbers = new ContinuedNumbers();
            for (int at = 0; at < bytes.length; at += step) {
                numbers.pass(bytes, at, Math.min(step, bytes.length - at));
            }
            assertThat(Arrays.equals(bytes, stream)).isTrue();
        }
    }

    @Test
    void shouldNeverGiveMoreOfACutFrameThanIsThere() {
        byte[] packets = join(text(300), noise(100));
        byte[] frames = replies(packets, 1);
        for (int cut = 0; cut < frames.length; cut++) {
            byte[] part = plain(Arrays.copyOf(frames, cut), Math.max(1, cut), 1000);
            assertThat(part).hasSizeLessThanOrEqualTo(packets.length).isEqualTo(Arrays.copyOf(packets, part.length));
        }
    }

    private static byte[] frame(byte[] body, int announced) {
        byte[] frame = new byte[Frame.HEADER + body.length];
        Frame.putInt3(frame, 0, body.length);
        Frame.putInt3(frame, 4, announced);
        System.arraycopy(body, 0, frame, Frame.HEADER, body.length);
        return frame;
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        byte[] out = new byte[content.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    @Test
    void shouldRefuseFramesThatDoNotHoldWhatTheyAnnounce() {
        byte[] body = deflated(text(1000));
        assertThat(plain(frame(body, 1000), 5, 100)).isEqualTo(text(1000));
        byte[][] bad = {
            frame(new byte[0], 0),
            frame(new byte[0], 5),
            frame(body, 999),
            frame(body, 1001),
            frame(body, 1),
            frame(Arrays.copyOf(body, body.length - 1), 1000),
            frame(Arrays.copyOf(body, body.length + 1), 1000),
            frame(Arrays.copyOf(body, 3), 1000),
            frame(noise(100), 1000),
            frame(text(100), 1000)
        };
        for (byte[] frame : bad) {
            for (int step : new int[] {frame.length, 1}) {
                byte[] behind = join(frame, frame(text(5), 0));
                assertThatThrownBy(() -> plain(behind, step, 100)).isInstanceOf(CodecException.class);
            }
        }
    }

    @Test
    void shouldGiveABombInParts() {
        byte[] bomb = frame(deflated(new byte[0xFFFFFF]), 0xFFFFFF);
        assertThat(bomb.length).isLessThan(20_000);
        byte[] out = new byte[1000];
        try (Decompressor decompressor = new Decompressor()) {
            decompressor.feed(bomb, 0, bomb.length);
            assertThat(decompressor.next(out)).isEqualTo(1000);
            assertThat(decompressor.frames()).isEqualTo(1);
        }
        byte[] lying = frame(deflated(new byte[0xFFFFFF]), 2000);
        try (Decompressor decompressor = new Decompressor()) {
            decompressor.feed(lying, 0, lying.length);
            assertThat(decompressor.next(out)).isEqualTo(1000);
            assertThat(decompressor.next(out)).isEqualTo(1000);
            assertThatThrownBy(() -> decompressor.next(out)).isInstanceOf(CodecException.class);
        }
    }
}
