package org.penstock.auth.ed25519;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519ProofTest {
    private static final HexFormat HEX = HexFormat.of();

    /** Tests 1, 2, 3 of RFC 8032, 7.1: where the password has 32 bytes it is the private key. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60, d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7, fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
                + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void shouldSignAsRfc8032(String password, String key, String message, String signature) {
        assertThat(HEX.formatHex(Ed25519Proof.publicKey(HEX.parseHex(password))))
                .isEqualTo(key);
        assertThat(HEX.formatHex(Ed25519Proof.sign(HEX.parseHex(password), HEX.parseHex(message))))
                .isEqualTo(signature);
        assertThat(Ed25519Proof.verify(HEX.parseHex(key), HEX.parseHex(message), HEX.parseHex(signature)))
                .isTrue();
    }

    /** PASSWORD('secret') as MariaDB stores it. */
    @Test
    void shouldMakeKeyThatMariaDbStores() {
        byte[] key = Ed25519Proof.publicKey("secret".getBytes(UTF_8));
        assertThat(Base64.getEncoder().withoutPadding().encodeToString(key))
                .isEqualTo("ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY");
        assertThat(Ed25519Proof.parse("ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY"))
                .isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 1000})
    void shouldVerifyWhatItSignedAndNothingElse(int length) {
        Random random = new Random(length);
        byte[] password = new byte[length];
        random.nextBytes(password);
        byte[] nonce = new byte[32];
        random.nextBytes(nonce);
        byte[] key = Ed25519Proof.publicKey(password);
        byte[] signature = Ed25519Proof.sign(password, nonce);
        assertThat(Ed25519Proof.verify(key, nonce, signature)).isTrue();
        for (int bit = 0; bit < 512; bit += 37) {
            byte[] other = signature.clone();
            other[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(Ed25519Proof.verify(key, nonce, other)).as("bit " + bit).isFalse();
        }
        nonce[5]++;
        assertThat(Ed25519Proof.verify(key, nonce, signature)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7",
                "ZIgUREUg5PVgQ6LskhXmO eZLS0nC8be6HPjYWR4YJY"
            })
    void shouldTakeNoOtherTextForKey(String stored) {
        assertThat(Ed25519Proof.parse(stored)).isNull();
    }

    @Test
    void shouldTakeNoPointOffTheCurve() {
        byte[] key = new byte[32];
        for (int y = 0; y < 64; y++) {
            key[0] = (byte) y;
            key[31] = (byte) (y % 2 == 0 ? 0xFF : 0x7F);
            assertThat(Ed25519Proof.verify(key, new byte[32], new byte[64])).isFalse();
        }
        assertThat(Ed25519Proof.verify(new byte[31], new byte[32], new byte[64]))
                .isFalse();
    }
}
