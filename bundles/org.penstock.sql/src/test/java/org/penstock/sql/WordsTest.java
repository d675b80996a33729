package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void shouldNameEachKeywordByItsConstant() throws IllegalAccessException {
        Map<String, Integer> constants = new TreeMap<>();
        for (Field field : Keyword.class.getDeclaredFields()) {
            if (field.getType() == int.class && Modifier.isStatic(field.getModifiers())) {
                constants.put(field.getName(), field.getInt(null));
            }
        }

        assertThat(Keyword.byName()).isEqualTo(constants).hasSizeGreaterThan(200);
        assertThat(constants.values()).doesNotHaveDuplicates().allMatch(id -> id > 0 && id <= Vocabulary.ID);
    }

    @Test
    void shouldMeasureWordsAsTheTableSaysWhenEightBytesAreReadAtOnce() {
        Random random = new Random(7);
        byte[] bytes = new byte[Long.BYTES];
        for (int value = 0; value < 256; value++) {
            for (int place = 0; place < bytes.length; place++) {
                random.nextBytes(bytes);
                for (int i = 0; i < place; i++) {
                    bytes[i] = "aZ09_$\u00e4m".getBytes(StandardCharsets.ISO_8859_1)[i];
                }
                bytes[place] = (byte) value;
                int length = 0;
                while (length < bytes.length && ByteClass.inWord(bytes[length])) {
                    length++;
                }
                assertThat(ByteClass.wordLength((long) Vocabulary.LONGS.get(bytes, 0)))
                        .isEqualTo(length);
            }
        }
    }

    @Test
    void shouldFindEachWordInAnyLetterCaseAndAtTheEndOfTheBytes() {
        Vocabulary vocabulary = Vocabularies.of(ServerFamily.MARIADB, 101100);
        Keyword.byName().forEach((word, id) -> {
            byte[] tight = word.toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
            byte[] roomy = (word + " and more behind it").getBytes(StandardCharsets.US_ASCII);
            assertThat(vocabulary.find(tight, 0, tight.length) & Vocabulary.ID).isEqualTo(id);
            assertThat(vocabulary.find(roomy, 0, word.length()) & Vocabulary.ID).isEqualTo(id);
            assertThat(vocabulary.find(roomy, 0, word.length() - 1) & Vocabulary.ID)
                    .isNotEqualTo(id);
        });
    }
}
