package org.penstock.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketWriterTest {
    @Test
    void shouldWriteLittleEndian() {
        byte[] payload = new PacketWriter(0)
                .writeByte(1)
                .writeShort(0x0302)
                .writeMedium(0x060504)
                .writeInt(0x0A090807)
                .writeLong(0x1211100F0E0D0C0BL)
                .toByteArray();
        assertThat(payload).hasSize(18);
        for (int i = 0; i < payload.length; i++) {
            assertThat(payload[i]).isEqualTo((byte) (i + 1));
        }
    }

    @Test
    void shouldUseTheShortestLengthEncoding() {
        assertThat(new PacketWriter().writeLenenc(250).toByteArray()).containsExactly(250);
        assertThat(new PacketWriter().writeLenenc(251).toByteArray()).containsExactly(0xFC, 251, 0);
        assertThat(new PacketWriter().writeLenenc(0x10000).toByteArray()).containsExactly(0xFD, 0, 0, 1);
        assertThat(new PacketWriter().writeLenenc(0x1000000).toByteArray())
                .containsExactly(0xFE, 0, 0, 0, 1, 0, 0, 0, 0);
    }

    @Test
    void shouldWriteStrings() {
        byte[] payload = new PacketWriter()
                .writeNulString("a")
                .writeLenencString("ü", StandardCharsets.UTF_8)
                .writeNull()
                .writeZeros(2)
                .toByteArray();
        assertThat(payload).containsExactly('a', 0, 2, 0xC3, 0xBC, 0xFB, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0xFFFFFE, 0xFFFFFF, 0x1000000, 2 * 0xFFFFFF, 2 * 0xFFFFFF + 1})
    void shouldSplitLongPayloadsIntoPackets(int length) {
        byte[] payload = new byte[length];
        if (length > 0) {
            payload[length - 1] = 7;
        }
        byte[] framed = PacketWriter.frame(254, payload);

        PacketWalker walker = new PacketWalker();
        walker.expectSequence(254);
        walker.feed(ByteSource.of(framed));
        long total = 0;
        int packets = 0;
        while (walker.next(0)) {
            assertThat(walker.continuation()).isEqualTo(packets > 0);
            total += walker.length();
            packets++;
        }
        assertThat(total).isEqualTo(length);
        assertThat(packets).isEqualTo(length / 0xFFFFFF + 1).isEqualTo(PacketWriter.packets(length));
        assertThat(walker.continues()).isFalse();
        assertThat(walker.unshown()).isEqualTo(framed.length);
        if (length % 0xFFFFFF > 0) {
            assertThat(framed[framed.length - 1]).isEqualTo((byte) 7);
        }
    }
}
