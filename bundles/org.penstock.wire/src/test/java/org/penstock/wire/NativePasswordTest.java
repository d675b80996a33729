package org.penstock.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NativePasswordTest {
    private static final byte[] PASSWORD = "password".getBytes(StandardCharsets.UTF_8);
    private static final String HASH = "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19";
    private static final byte[] SEED = HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f1011121314");

    @Test
    void shouldGiveTheHashThatServersStore() {
        assertThat(NativePassword.format(NativePassword.stage2(PASSWORD))).isEqualTo(HASH);
    }

    @Test
    void shouldProveAndVerify() {
        byte[] stage2 = NativePassword.stage2(PASSWORD);
        byte[] proof = NativePassword.scramble(PASSWORD, SEED);
        assertThat(NativePassword.verify(proof, SEED, stage2)).isTrue();
        for (int i = 0; i < NativePassword.LENGTH; i++) {
            byte[] wrong = proof.clone();
            wrong[i] ^= 1;
            assertThat(NativePassword.verify(wrong, SEED, stage2)).isFalse();
        }
        byte[] otherSeed = SEED.clone();
        otherSeed[19]++;
        assertThat(NativePassword.verify(proof, otherSeed, stage2)).isFalse();
    }

    @Test
    void shouldRecoverWhatProvesTheSameToAnotherServer() {
        byte[] stage2 = NativePassword.stage2(PASSWORD);
        byte[] stage1 = NativePassword.recoverStage1(NativePassword.scramble(PASSWORD, SEED), SEED, stage2);
        byte[] otherSeed = new byte[20];
        Arrays.fill(otherSeed, (byte) 'x');
        assertThat(NativePassword.scrambleFromStage1(stage1, otherSeed))
                .isEqualTo(NativePassword.scramble(PASSWORD, otherSeed));
    }

    @Test
    void shouldNotVerifyProofsOfOtherLengths() {
        byte[] stage2 = NativePassword.stage2(PASSWORD);
        assertThat(NativePassword.verify(new byte[0], SEED, stage2)).isFalse();
        assertThat(NativePassword.verify(new byte[19], SEED, stage2)).isFalse();
        assertThat(NativePassword.verify(NativePassword.scramble(PASSWORD, SEED), SEED, new byte[0]))
                .isFalse();
    }

    @Test
    void shouldProveEmptyPasswordWithNothing() {
        assertThat(NativePassword.scramble(new byte[0], SEED)).isEmpty();
    }

    @Test
    void shouldParseHashes() {
        assertThat(NativePassword.parse(HASH)).isEqualTo(NativePassword.stage2(PASSWORD));
        assertThat(NativePassword.parse(HASH.toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(NativePassword.stage2(PASSWORD));
        assertThat(NativePassword.parse("")).isNull();
        assertThat(NativePassword.parse("invalid")).isNull();
        assertThat(NativePassword.parse(HASH.substring(1) + "0")).isNull();
        assertThat(NativePassword.parse(HASH.replace('C', 'G'))).isNull();
    }

    @Test
    void shouldRefuseSeedsAndStagesOfOtherLengths() {
        assertThatThrownBy(() -> NativePassword.scramble(PASSWORD, new byte[21]))
                .hasMessage("seed: expected 20 bytes, got 21");
        assertThatThrownBy(() -> NativePassword.format(new byte[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NativePassword.recoverStage1(new byte[0], SEED, new byte[20]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
