package org.penstock.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketReaderTest {
    private static final List<Consumer<PacketReader>> READS = List.of(
            PacketReader::readByte,
            PacketReader::readShort,
            PacketReader::readMedium,
            PacketReader::readInt,
            PacketReader::readLong,
            PacketReader::readLenenc,
            PacketReader::readLenencBytes,
            PacketReader::readNullableLenencBytes,
            PacketReader::readNulBytes,
            PacketReader::readNulString,
            PacketReader::readRest,
            reader -> reader.readBytes(3),
            reader -> reader.skip(2),
            reader -> reader.expectByte(1, "one"),
            PacketReader::peek);

    private static PacketReader reader(int... bytes) {
        byte[] payload = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            payload[i] = (byte) bytes[i];
        }
        return new PacketReader("Test", payload);
    }

    @Test
    void shouldReadFixedIntegersLittleEndianAndUnsigned() {
        PacketReader reader = reader(0xFF, 1, 0xFF, 1, 0, 0xFF, 1, 0, 0, 0xFF, 1, 0, 0, 0, 0, 0, 0, 0x80);
        assertThat(reader.readByte()).isEqualTo(0xFF);
        assertThat(reader.readShort()).isEqualTo(0xFF01);
        assertThat(reader.readMedium()).isEqualTo(0xFF0001);
        assertThat(reader.readInt()).isEqualTo(0xFF000001L);
        assertThat(reader.readLong()).isEqualTo(0x8000_0000_0000_0001L);
        assertThat(reader.remaining()).isZero();
        assertThat(reader.peek()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 250, 251, 252, 0xFFFF, 0x10000, 0xFFFFFF, 0x1000000, Long.MAX_VALUE, -1})
    void shouldReadBackLengthEncodedIntegers(long value) {
        byte[] payload = new PacketWriter().writeLenenc(value).toByteArray();
        PacketReader reader = new PacketReader("Test", payload);
        assertThat(reader.readLenenc()).isEqualTo(value);
        assertThat(reader.remaining()).isZero();
        for (int length = 0; length < payload.length; length++) {
            PacketReader cut = new PacketReader("Test", payload, 0, length);
            assertThatThrownBy(cut::readLenenc).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void shouldRefuseNullAndErrorBytesAsLengths() {
        assertThatThrownBy(() -> reader(0xFB).readLenenc())
                .hasMessage("expected a length-encoded integer, got 0xFB at offset 0 of Test");
        assertThatThrownBy(() -> reader(0xFF, 1, 2).readLenenc()).isInstanceOf(CodecException.class);
    }

    @Test
    void shouldRefuseLengthsBeyondTheEndBeforeAllocating() {
        assertThatThrownBy(() -> reader(5, 'a', 'b').readLenencBytes())
                .hasMessage("expected a length of at most 2 bytes, got 5 at offset 0 of Test");
        PacketReader huge = reader(0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
        assertThatThrownBy(huge::readLenencBytes).hasMessageContaining("18446744073709551615");
    }

    @Test
    void shouldReadStrings() {
        PacketReader reader = reader(2, 'a', 'b', 0xFB, 'c', 0, 'd', 'e');
        assertThat(reader.readLenencString(StandardCharsets.UTF_8)).isEqualTo("ab");
        assertThat(reader.readNullableLenencBytes()).isNull();
        assertThat(reader.readNulString()).isEqualTo("c");
        assertThat(reader.offset()).isEqualTo(6);
        assertThat(reader.readRest()).containsExactly('d', 'e');
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThatThrownBy(() -> reader('a', 'b').readNulString())
                .hasMessage("expected a string with a NUL at its end, got 2 bytes without one at offset 0 of Test");
        assertThatThrownBy(() -> reader(1, 2, 3).readInt())
                .hasMessage("expected a 4-byte integer, got 3 bytes to the end at offset 0 of Test");
        assertThatThrownBy(() -> reader(9).expectByte(10, "protocol version"))
                .hasMessage("expected 0x0A (protocol version), got 0x09 at offset 0 of Test");
        assertThatThrownBy(() -> reader(1).skip(2)).isInstanceOf(CodecException.class);
    }

    @Test
    void shouldStayWithinItsPartOfTheArray() {
        byte[] array = {9, 1, 2, 9, 0};
        PacketReader reader = new PacketReader("Test", array, 1, 2);
        assertThat(reader.readShort()).isEqualTo(0x0201);
        assertThatThrownBy(reader::readByte).isInstanceOf(CodecException.class);
        PacketReader nul = new PacketReader("Test", array, 1, 2);
        assertThatThrownBy(nul::readNulBytes).isInstanceOf(CodecException.class);
    }

    @Test
    void shouldThrowOnlyCodecExceptionsOnRandomBytes() {
        Random random = new Random(42);
        int failures = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = new byte[random.nextInt(12)];
            random.nextBytes(payload);
            PacketReader reader = new PacketReader("Test", payload);
            try {
                for (int k = 0; k < 6; k++) {
                    READS.get(random.nextInt(READS.size())).accept(reader);
                }
            } catch (CodecException e) {
                failures++;
            }
            assertThat(reader.remaining()).isBetween(0, payload.length);
        }
        assertThat(failures).isPositive();
    }
}
