package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NamePoolTest {

    private final NamePool pool = new NamePool();

    private String text(String name) {
        byte[] bytes = ("#" + name + "#").getBytes(StandardCharsets.UTF_8);
        return pool.text(bytes, 1, bytes.length - 1);
    }

    @Test
    void shouldGiveTheSameStringWhenANameComesAgain() {
        assertThat(text("sbtest1")).isEqualTo("sbtest1").isSameAs(text("sbtest1"));
        assertThat(text("")).isEmpty();
    }

    @Test
    void shouldStayRightWhenNamesAreManyLongOrNotAscii() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5000; i++) {
                assertThat(text("name" + i)).isEqualTo("name" + i);
            }
        }
        String umlaut = "gr\u00f6\u00dfe";
        assertThat(text(umlaut)).isEqualTo(umlaut);
        String longest = "n".repeat(64);
        assertThat(text(longest)).isEqualTo(longest).isSameAs(text(longest));
        assertThat(text(longest + "n")).isEqualTo(longest + "n").isNotSameAs(text(longest + "n"));
    }

    /** Names whose places are the same, and those of one hash. */
    @Test
    void shouldTellNamesApartWhenTheirHashesAreOne() {
        for (int i = 0; i < 3; i++) {
            assertThat(text("AaAa")).isEqualTo("AaAa");
            assertThat(text("BBBB")).isEqualTo("BBBB");
            assertThat(text("AaBB")).isEqualTo("AaBB");
        }
    }
}
