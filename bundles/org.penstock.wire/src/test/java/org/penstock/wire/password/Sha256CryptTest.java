package org.penstock.wire.password;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256CryptTest {
    private static final String SALT = "0123456789abcdefghij";

    /** Made by {@code openssl passwd -5}. */
    @ParameterizedTest
    @CsvSource({
        "Hello world!, saltstring, 5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
        "a, saltstringsaltst, 37CelltD6iMn9nFf.xJrAnACdAdHwtWz5Z4YML7HKcB",
        "100, abcdefghijklmnop, eq0z.PIuAZvCCSUXhAcrIS5rtAk4zxY4tlzXoWXdQO5"
    })
    void shouldHashAsCrypt(String password, String salt, String hash) {
        String text = password.equals("100") ? "x".repeat(100) : password;
        assertThat(Sha256Crypt.crypt(text.getBytes(UTF_8), salt.getBytes(ISO_8859_1), 5000))
                .isEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$A$005$", "$A$002$", "$5$"})
    void shouldVerifyWhatAnAccountStores(String prefix) {
        int rounds = prefix.equals("$A$002$") ? 2000 : 5000;
        String hash = Sha256Crypt.crypt("secret".getBytes(UTF_8), SALT.getBytes(ISO_8859_1), rounds);
        Sha256Crypt stored =
                Objects.requireNonNull(Sha256Crypt.parse(prefix + SALT + (prefix.equals("$5$") ? "$" : "") + hash));
        assertThat(stored.rounds()).isEqualTo(rounds);
        assertThat(stored.verify("secret".getBytes(UTF_8))).isTrue();
        assertThat(stored.verify("Secret".getBytes(UTF_8))).isFalse();
        assertThat(stored.verify(new byte[0])).isFalse();
        assertThat(stored.verify(new byte[Sha256Crypt.MAX_PASSWORD + 1])).isFalse();
        assertThat(stored.toString()).doesNotContain(hash);
    }

    @Test
    void shouldTakeNoOtherTextForHash() {
        String whole = "$A$005$" + SALT + "x".repeat(43);
        assertThat(Sha256Crypt.parse(whole)).isNotNull();
        for (int length = 0; length < whole.length(); length++) {
            assertThat(Sha256Crypt.parse(whole.substring(0, length))).isNull();
        }
        assertThat(Sha256Crypt.parse(whole + "x")).isNull();
        assertThat(Sha256Crypt.parse(whole.replace("005", "000"))).isNull();
        assertThat(Sha256Crypt.parse(whole.replace("005", "0x5"))).isNull();
        assertThat(Sha256Crypt.parse(whole.replace("005$", "005x"))).isNull();
        assertThat(Sha256Crypt.parse("$5$" + SALT + "x" + "y".repeat(43))).isNull();
    }

    @Test
    void shouldCostForNobodyWhatItCostsForSomebody() {
        assertThat(Sha256Crypt.NOBODY.rounds()).isEqualTo(5000);
        assertThat(Sha256Crypt.NOBODY.verify("secret".getBytes(UTF_8))).isFalse();
    }
}
