package org.penstock.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketWalkerTest {
    private static final int[] LENGTHS = {1, 0, 5, 40, 32, 31, 33, 3, 0, 100};

    private static byte[] stream() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < LENGTHS.length; i++) {
            byte[] payload = new byte[LENGTHS[i]];
            for (int k = 0; k < payload.length; k++) {
                payload[k] = (byte) (i + k);
            }
            out.writeBytes(PacketWriter.frame(i, payload));
        }
        return out.toByteArray();
    }

    /** Cuts the stream, and checks every packet against it. */
    private static void walk(byte[] stream, int prefix, int... cuts) {
        PacketWalker walker = new PacketWalker();
        walker.expectSequence(0);
        int packet = 0;
        int begin = 0;
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i == cuts.length ? stream.length : cuts[i];
            walker.feed(ByteSource.of(stream, from, to - from));
            while (walker.next(prefix)) {
                assertThat(walker.start()).isEqualTo(begin - from);
                assertThat(walker.length()).isEqualTo(LENGTHS[packet]);
                assertThat(walker.end()).isEqualTo(begin - from + 4 + LENGTHS[packet]);
                assertThat(walker.sequence()).isEqualTo(packet);
                assertThat(walker.continuation()).isFalse();
                assertThat(walker.whole()).isEqualTo(walker.end() <= to - from);
                int readable = walker.whole() ? LENGTHS[packet] : Math.min(prefix, LENGTHS[packet]);
                for (int k = 0; k < readable; k++) {
                    assertThat(walker.at(k)).isEqualTo((byte) (packet + k));
                }
                begin += 4 + LENGTHS[packet];
                packet++;
            }
            assertThat(walker.next(prefix)).isFalse();
            assertThat(walker.unshown()).isEqualTo(Math.max(0, Math.min(begin, to) - from));
            from = to;
        }
        assertThat(packet).isEqualTo(LENGTHS.length);
    }

    @Test
    void shouldShowTheSamePacketsWhereverTheStreamIsCut() {
        byte[] stream = stream();
        for (int prefix : new int[] {0, 1, 5, PacketWalker.MAX_PREFIX}) {
            walk(stream, prefix);
            for (int first = 0; first <= stream.length; first++) {
                walk(stream, prefix, first);
                walk(stream, prefix, first, Math.min(stream.length, first + 3));
            }
        }
    }

    @Test
    void shouldShowTheSamePacketsByteByByte() {
        byte[] stream = stream();
        int[] cuts = new int[stream.length];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = i;
        }
        walk(stream, PacketWalker.MAX_PREFIX, cuts);
        walk(stream, 0, cuts);
    }

    @Test
    void shouldShowTheSamePacketsInRandomChunks() {
        byte[] stream = stream();
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            walk(
                    stream,
                    random.nextInt(PacketWalker.MAX_PREFIX + 1),
                    random.ints(random.nextInt(20), 0, stream.length + 1)
                            .sorted()
                            .toArray());
        }
    }

    @Test
    void shouldAnnounceTheHeaderBeforeThePrefix() {
        PacketWalker walker = new PacketWalker();
        byte[] framed = PacketWriter.frame(3, new byte[] {9, 8, 7});
        walker.feed(ByteSource.of(framed, 0, 4));
        assertThat(walker.headed()).isFalse();
        assertThat(walker.next(1)).isFalse();
        walker.feed(ByteSource.of(framed, 4, 1));
        assertThat(walker.next(3)).isFalse();
        assertThat(walker.headed()).isTrue();
        assertThat(walker.first()).isEqualTo(9);
        assertThat(walker.length()).isEqualTo(3);
        assertThat(walker.carriedBytes()).isEqualTo(4);
        assertThat(walker.unshown()).isZero();
        assertThat(walker.next(1)).isTrue();
        assertThat(walker.whole()).isFalse();
        assertThat(walker.unshown()).isEqualTo(1);
    }

    @Test
    void shouldRefuseSequenceThatDoesNotCountUp() {
        PacketWalker walker = new PacketWalker();
        walker.expectSequence(255);
        walker.feed(ByteSource.of(PacketWriter.frame(255, new byte[1])));
        assertThat(walker.next(1)).isTrue();
        assertThat(walker.expectedSequence()).isZero();
        assertThat(walker.next(1)).isFalse();
        walker.feed(ByteSource.of(new byte[0]));
        assertThat(walker.headed()).isFalse();
        walker.feed(ByteSource.of(PacketWriter.frame(1, new byte[1])));
        assertThatThrownBy(() -> walker.next(1))
                .isInstanceOf(CodecException.class)
                .hasMessage("expected a packet with sequence 0, got 1");
    }

    @Test
    void shouldNotCheckSequenceUnlessAsked() {
        PacketWalker walker = new PacketWalker();
        walker.expectSequence(1);
        walker.ignoreSequence();
        walker.feed(ByteSource.of(PacketWriter.frame(77, new byte[1])));
        assertThat(walker.next(1)).isTrue();
        assertThat(walker.sequence()).isEqualTo(77);
        assertThat(walker.expectedSequence()).isEqualTo(-1);
    }

    @Test
    void shouldTellContinuationsFromPacketsOverManyChunks() {
        byte[] framed = PacketWriter.frame(0, new byte[0xFFFFFF + 10]);
        PacketWalker walker = new PacketWalker();
        List<Boolean> continuations = new ArrayList<>();
        int step = 1 << 20;
        for (int from = 0; from < framed.length; from += step) {
            walker.feed(ByteSource.of(framed, from, Math.min(step, framed.length - from)));
            while (walker.next(8)) {
                continuations.add(walker.continuation());
            }
        }
        walker.feed(ByteSource.of(PacketWriter.frame(0, new byte[3])));
        assertThat(walker.next(8)).isTrue();
        assertThat(continuations).containsExactly(false, true);
        assertThat(walker.continuation()).isFalse();
    }

    @Test
    void shouldRefuseNextChunkBeforeTheOneBeforeIsUsedUp() {
        PacketWalker walker = new PacketWalker();
        ByteSource chunk = ByteSource.of(PacketWriter.frame(0, new byte[3]));
        walker.feed(chunk);
        assertThat(walker.headed()).isTrue();
        assertThatThrownBy(() -> walker.feed(chunk)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldKeepCutHeaderWhenOnlyAskedForIt() {
        PacketWalker walker = new PacketWalker();
        byte[] framed = PacketWriter.frame(9, new byte[] {7});
        for (int i = 0; i < framed.length; i++) {
            assertThat(walker.headed()).isFalse();
            walker.feed(ByteSource.of(framed, i, 1));
        }
        assertThat(walker.headed()).isTrue();
        assertThat(walker.first()).isEqualTo(7);
    }

    @Test
    void shouldRefusePrefixesThatItCannotKeep() {
        PacketWalker walker = new PacketWalker();
        walker.feed(ByteSource.of(PacketWriter.frame(0, new byte[200]), 0, 100));
        assertThatThrownBy(() -> walker.next(150)).isInstanceOf(IllegalArgumentException.class);
    }
}
