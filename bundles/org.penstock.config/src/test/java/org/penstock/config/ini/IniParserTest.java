package org.penstock.config.ini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IniParserTest {
    @Test
    void shouldReadSectionsAndPlaces() {
        IniFile file =
                IniParser.parse("a.cnf", "\uFEFF# first\n[one]\nk=v\n\n; more\n[ two words ] ; why\n\tx : y z\n");
        assertThat(file.errors()).isEmpty();
        assertThat(file.sections()).extracting(IniSection::name).containsExactly("one", "two words");
        assertThat(file.sections().get(0).values()).containsEntry("k", new IniValue("v", new Position("a.cnf", 3)));
        assertThat(file.sections().get(1).position()).hasToString("a.cnf:6");
        assertThat(file.sections().get(1).text("x")).isEqualTo("y z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "k=v ~ v",
                "k = v w ~ v w",
                "k=a=b ~ a=b",
                "k=a;b ~ a;b",
                "k=a ; comment ~ a",
                "k=# no comment ~ # no comment",
                "k=\" ; \" ; comment ~ \" ; \"",
                "k=' ; ' ~ ' ; '",
                "k=\"open ; comment ~ \"open",
            })
    void shouldReadValues(String line, String expected) {
        assertThat(IniParser.parse("f", "[s]\n" + line).sections().get(0).text("k"))
                .isEqualTo(expected.strip());
    }

    @Test
    void shouldReadEmptyValue() {
        assertThat(IniParser.parse("f", "[s]\nk=\nl= ;c")
                        .sections()
                        .get(0)
                        .values()
                        .values())
                .extracting(IniValue::text)
                .containsExactly("", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "k=a,\\n b ~ a,b",
                "k=a\\n b\\n\\tc ~ a,b,c",
                "k=a|\\n b ~ a|b",
                "k=a\\n |b ~ a|b",
                "k=\\n a ~ a",
                "k=a\\n # comment\\n b ~ a,b",
                "k=a\\n\\n b ; comment ~ a,b",
            })
    void shouldContinueValueOnIndentedLine(String text, String expected) {
        String file = "[s]\n" + text.strip().replace("\\n", "\n").replace("\\t", "\t");
        assertThat(IniParser.parse("f", file).sections().get(0).text("k")).isEqualTo(expected.strip());
    }

    @Test
    void shouldReadIndentedKeyWhenNoValueIsOpen() {
        assertThat(IniParser.parse("f", "[s]\n\trouter_options=slave")
                        .sections()
                        .get(0)
                        .text("router_options"))
                .isEqualTo("slave");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "k=v ~ f:1 []k expected a section such as [maxscale] before the first key",
                "[s ~ f:1 [s] expected ] at the end of the section's name",
                "[] ~ f:1 [] expected a name between the brackets",
                "[s] x ~ f:1 [s] unexpected text behind the section's name: 'x'",
                "[s]\\nword ~ f:2 [s] expected key=value, got 'word'",
                "[s]\\n=v ~ f:2 [s] expected a key of 1 to 256 characters before the equals sign",
                "[s]\\nk=1\\nk=2 ~ f:3 [s]k is given twice; first in line 2",
            })
    void shouldReportMistakes(String text, String expected) {
        IniFile file = IniParser.parse("f", text.strip().replace("\\n", "\n"));
        assertThat(file.errors())
                .singleElement()
                .extracting(
                        error -> error.position() + " [" + error.section() + "]" + error.key() + " " + error.message())
                .asString()
                .isEqualToIgnoringWhitespace(expected.strip());
    }

    @Test
    void shouldReadOnBehindMistake() {
        IniFile file = IniParser.parse("f", "[a\nk=v\n[b]\nnothing\nx=1\n");
        assertThat(file.errors()).hasSize(2);
        assertThat(file.sections()).singleElement().satisfies(section -> {
            assertThat(section.name()).isEqualTo("b");
            assertThat(section.text("x")).isEqualTo("1");
        });
    }

    @Test
    void shouldBoundLines() {
        String text = "[s]\nk=" + "x".repeat(IniParser.MAX_LINE - 2) + "\nl=" + "x".repeat(IniParser.MAX_LINE - 1);
        IniFile file = IniParser.parse("f", text);
        assertThat(file.sections().get(0).values()).containsOnlyKeys("k");
        assertThat(file.errors())
                .singleElement()
                .extracting(IniError::message)
                .isEqualTo("line has 16385 characters; expected at most 16384");
    }
}
