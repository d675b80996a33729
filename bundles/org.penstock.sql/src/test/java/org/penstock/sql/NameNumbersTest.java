package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameNumbersTest {

    private final NameNumbers names = new NameNumbers();

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 18, 1000})
    void shouldFindEachNameByItsPartsWhenThereAreFewOrMany(int count) {
        for (int round = 0; round < 2; round++) {
            names.clear();
            for (int i = 0; i < count; i++) {
                assertThat(names.find(first(i), second(i), "c" + i / 3)).isEqualTo(-1);
                assertThat(names.add(first(i), second(i), "c" + i / 3)).isEqualTo(i);
            }
            for (int i = 0; i < count; i++) {
                assertThat(names.find(first(i), second(i), "c" + i / 3)).isEqualTo(i);
                assertThat(names.first(i)).isEqualTo(first(i));
                assertThat(names.second(i)).isEqualTo(second(i));
                assertThat(names.last(i)).isEqualTo("c" + i / 3);
            }
            assertThat(names.find("x", "y", "c0")).isEqualTo(-1);
            assertThat(names.size()).isEqualTo(count);
        }
    }

    /** Of three names with one last part each has other parts before it. */
    private static String first(int i) {
        return i % 3 == 2 ? "db" : null;
    }

    private static String second(int i) {
        return i % 3 == 0 ? null : "t";
    }

    @Test
    void shouldKnowNothingWhenCleared() {
        names.add(null, null, "a");

        names.clear();

        assertThat(names.find(null, null, "a")).isEqualTo(-1);
        assertThat(names.size()).isZero();
    }
}
