package org.penstock.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.wire.CodecException;
import org.penstock.wire.json.JsonValue.JsonArray;
import org.penstock.wire.json.JsonValue.JsonLiteral;
import org.penstock.wire.json.JsonValue.JsonNumber;
import org.penstock.wire.json.JsonValue.JsonObject;
import org.penstock.wire.json.JsonValue.JsonString;

class JsonParserTest {
    private static final String PRIV =
            "{\"access\":18446744073709551615, \"plugin\":\"ed25519\", \"auth_or\":[{},{\"plugin\" : \"unix_socket\"}],"
                    + "\n\"account_locked\":true,\"x\":null,\"ssl_type\":1,\"password_lifetime\":-1}";

    @Test
    void shouldReadWhatMariaDbKeepsOfAnAccount() {
        JsonObject priv = JsonParser.parseObject(PRIV);
        assertThat(priv.number("access", 0)).isEqualTo(-1L);
        assertThat(priv.text("plugin")).isEqualTo("ed25519");
        assertThat(priv.flag("account_locked")).isTrue();
        assertThat(priv.flag("ssl_type")).isTrue();
        assertThat(priv.flag("missing")).isFalse();
        assertThat(priv.text("x")).isNull();
        assertThat(priv.number("password_lifetime", 7)).isEqualTo(-1);
        assertThat(priv.number("plugin", 7)).isEqualTo(7);
        assertThat(priv.get("auth_or"))
                .isEqualTo(new JsonArray(List.of(
                        JsonObject.EMPTY, new JsonObject(java.util.Map.of("plugin", new JsonString("unix_socket"))))));
    }

    @Test
    void shouldReadEveryKindOfValue() {
        assertThat(JsonParser.parse(" [ \"a\\u00e9\\n\\\"\\/\", -1.5e+3, 0, true, false, null, [], {} ] "))
                .isEqualTo(new JsonArray(List.of(
                        new JsonString("aé\n\"/"),
                        new JsonNumber("-1.5e+3"),
                        new JsonNumber("0"),
                        JsonLiteral.TRUE,
                        JsonLiteral.FALSE,
                        JsonLiteral.NULL,
                        new JsonArray(List.of()),
                        JsonObject.EMPTY)));
        assertThat(JsonParser.parseObject("{\"a\":1,\"a\":2}").text("a")).isEqualTo("2");
    }

    @Test
    void shouldRefuseEveryTruncation() {
        for (int i = 0; i < PRIV.length(); i++) {
            String cut = PRIV.substring(0, i);
            assertThatThrownBy(() -> JsonParser.parse(cut)).isInstanceOf(CodecException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{a:1}",
                "[1,]",
                "{\"a\":1,}",
                "01",
                "+1",
                "1.",
                "tru",
                "[1] 2",
                "\"\\x\"",
                "\"\\u12g4\"",
                "'a'",
                "\"a\nb\"",
                "{\"a\" 1}"
            })
    void shouldRefuseWhatIsNoJson(String text) {
        assertThatThrownBy(() -> JsonParser.parse(text)).isInstanceOf(CodecException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1 \"b\": 2} | line 1, column 9: expected '}', got '\"'",
                "{\"a\": | line 1, column 6: expected a value, got the end of the text",
                "[1] x | line 1, column 5: expected the end, got 'x'"
            })
    void shouldNameThePlace(String text, String message) {
        assertThatThrownBy(() -> JsonParser.parse(text)).hasMessage(message);
        assertThatThrownBy(() -> JsonParser.parse("\n\n" + text)).hasMessageContaining("line 3");
    }

    @Test
    void shouldLimitDepth() {
        String deepest = "[".repeat(JsonParser.MAX_DEPTH) + "]".repeat(JsonParser.MAX_DEPTH);
        assertThat(JsonParser.parse(deepest)).isInstanceOf(JsonArray.class);
        assertThatThrownBy(() -> JsonParser.parse("[" + deepest + "]")).hasMessageContaining("at most 64");
        assertThatThrownBy(() -> JsonParser.parseObject("[]")).hasMessageContaining("object");
    }

    @Test
    void shouldFailInNoOtherWayOnRandomChanges() {
        Random random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(PRIV);
            for (int i = 0; i < 3; i++) {
                text.setCharAt(random.nextInt(text.length()), "{}[]\",:\\u1te ".charAt(random.nextInt(13)));
            }
            try {
                assertThat(JsonParser.parse(text.toString())).isNotNull();
            } catch (CodecException expected) {
                assertThat(expected).hasMessageContaining("expected");
            }
        }
    }
}
