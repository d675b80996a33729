package org.penstock.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConstantsTest {
    @Test
    void shouldNameEveryCommand() throws IllegalAccessException {
        for (Field field : CommandType.class.getDeclaredFields()) {
            if (field.getType() == int.class) {
                assertThat(CommandType.name(field.getInt(null)))
                        .isEqualTo(field.getName().startsWith("COM_") ? field.getName() : "COM_" + field.getName());
            }
        }
        assertThat(CommandType.name(0x55)).isEqualTo("COM_0x55");
        assertThat(CommandType.name((byte) 0xFA)).isEqualTo("COM_STMT_BULK_EXECUTE");
    }

    @Test
    void shouldKnowWhichCommandsHaveNoReply() {
        Set<Integer> silent = new HashSet<>();
        for (int command = 0; command < 256; command++) {
            if (!CommandType.hasReply(command)) {
                silent.add(command);
            }
        }
        assertThat(silent).containsExactlyInAnyOrder(0x01, 0x18, 0x19);
    }

    @Test
    void shouldHaveOneBitPerCapability() throws IllegalAccessException {
        long all = 0;
        for (Field field : Capabilities.class.getDeclaredFields()) {
            if (field.getType() == long.class
                    && !field.getName().endsWith("MASK")
                    && !field.getName().equals("SUPPORTED")) {
                long flag = field.getLong(null);
                assertThat(Long.bitCount(flag)).as(field.getName()).isEqualTo(1);
                assertThat(all & flag).as(field.getName()).isZero();
                all |= flag;
            }
        }
        assertThat(all).isEqualTo((1L << 38) - 1);
        assertThat(Capabilities.SUPPORTED & ~all).isZero();
        assertThat(Capabilities.SUPPORTED & Capabilities.ZSTD_COMPRESSION).isZero();
    }

    @Test
    void shouldGiveEveryErrorAFiveCharacterState() throws IllegalAccessException {
        for (Field field : ErrorCodes.class.getDeclaredFields()) {
            assertThat(ErrorCodes.sqlState(field.getInt(null))).matches("[0-9A-Z]{5}");
        }
        assertThat(ErrorCodes.sqlState(ErrorCodes.ACCESS_DENIED)).isEqualTo("28000");
        assertThat(ErrorCodes.sqlState(ErrorCodes.CON_COUNT_ERROR)).isEqualTo("08004");
        assertThat(ErrorCodes.sqlState(ErrorCodes.UNKNOWN_ERROR)).isEqualTo("HY000");
        assertThat(ErrorCodes.sqlState(12345)).isEqualTo("HY000");
    }

    @Test
    void shouldMapCollationsToCharsets() {
        assertThat(Charsets.of(Charsets.LATIN1_SWEDISH_CI)).isEqualTo(Charset.forName("windows-1252"));
        assertThat(Charsets.of(1024 + 8)).isEqualTo(Charset.forName("windows-1252"));
        assertThat(Charsets.of(Charsets.UTF8_GENERAL_CI)).isEqualTo(StandardCharsets.UTF_8);
        assertThat(Charsets.of(Charsets.UTF8MB4_GENERAL_CI)).isEqualTo(StandardCharsets.UTF_8);
        assertThat(Charsets.of(2304)).isEqualTo(StandardCharsets.UTF_8);
        assertThat(Charsets.of(-1)).isEqualTo(StandardCharsets.UTF_8);
        assertThat(Charsets.of(Charsets.BINARY)).isEqualTo(StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldNameCharacterSetsThatNoStatementIsWrittenIn() {
        assertThat(Charsets.wideName(35)).isEqualTo("ucs2");
        assertThat(Charsets.wideName(128)).isEqualTo("ucs2");
        assertThat(Charsets.wideName(54)).isEqualTo("utf16");
        assertThat(Charsets.wideName(101)).isEqualTo("utf16");
        assertThat(Charsets.wideName(1024 + 101)).isEqualTo("utf16");
        assertThat(Charsets.wideName(56)).isEqualTo("utf16le");
        assertThat(Charsets.wideName(60)).isEqualTo("utf32");
        assertThat(Charsets.wideName(183)).isEqualTo("utf32");
        for (int id : new int[] {-1, 0, 8, 33, 45, 63, 95, 192, 224, 255, 2304}) {
            assertThat(Charsets.wideName(id)).isNull();
        }
    }

    @Test
    void shouldNarrowCollationsToOneByte() {
        assertThat(Charsets.narrow(255)).isEqualTo(255);
        assertThat(Charsets.narrow(1024 + 8)).isEqualTo(8);
        assertThat(Charsets.narrow(2304)).isEqualTo(Charsets.UTF8MB4_GENERAL_CI);
        assertThat(Charsets.narrow(300)).isEqualTo(Charsets.UTF8MB4_GENERAL_CI);
    }
}
