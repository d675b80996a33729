package org.penstock.wire.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sha256ProofTest {
    private static final byte[] SEED = "abcdefghijklmnopqrst".getBytes(UTF_8);

    @Test
    void shouldProveAndGiveStage1ToWhoKnowsStage2() {
        byte[] stage1 = Sha256Proof.stage1("secret".getBytes(UTF_8));
        byte[] stage2 = Sha256Proof.stage2(stage1);
        byte[] proof = Sha256Proof.of(stage1, SEED);
        assertThat(Sha256Proof.verify(proof, stage2, SEED)).isTrue();
        assertThat(Sha256Proof.recoverStage1(proof, stage2, SEED)).isEqualTo(stage1);
        for (int i = 0; i < proof.length; i++) {
            proof[i]++;
            assertThat(Sha256Proof.verify(proof, stage2, SEED)).isFalse();
            proof[i]--;
        }
        byte[] other = SEED.clone();
        other[0]++;
        assertThat(Sha256Proof.verify(proof, stage2, other)).isFalse();
    }

    @Test
    void shouldTakeNoProofOfAnotherLength() {
        for (int length = 0; length < 40; length++) {
            assertThat(Sha256Proof.verify(new byte[length], new byte[32], SEED)).isFalse();
        }
        assertThatThrownBy(() -> Sha256Proof.of(new byte[31], SEED)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sha256Proof.of(new byte[32], new byte[8]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 2, none",
        "true, 7300, clear",
        "true, 00, clear",
        "true, 73, none",
        "false, 2, none",
        "false, 02, key",
        "false, 0200, secret",
        "false, 03, none"
    })
    void shouldTellRequestsApart(boolean encrypted, String hex, String kind) {
        byte[] packet =
                hex.length() % 2 != 0 ? new byte[0] : java.util.HexFormat.of().parseHex(hex);
        PasswordRequest asked = PasswordRequest.of(packet, PasswordRequest.CACHING_SHA2_KEY, encrypted);
        String found = asked == null
                ? "none"
                : asked instanceof PasswordRequest.Key
                        ? "key"
                        : asked instanceof PasswordRequest.Clear ? "clear" : "secret";
        assertThat(found).isEqualTo(kind);
    }
}
