package org.penstock.wire.password;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaPasswordTest {
    private static final byte[] SEED = "01234567890123456789".getBytes(US_ASCII);

    private static KeyPair pair;

    @BeforeAll
    static void keys() throws Exception {
        pair = RsaPassword.generate();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 20, 21, 200})
    void shouldGiveBackWhatWasEncrypted(int length) throws Exception {
        byte[] password = "p".repeat(length).getBytes(UTF_8);
        byte[] encrypted =
                RsaPassword.encrypt(password, SEED, RsaPassword.publicKey(RsaPassword.pem(pair.getPublic())));
        assertThat(RsaPassword.decrypt(encrypted, SEED, pair.getPrivate())).isEqualTo(password);
    }

    @Test
    void shouldRefusePasswordThatIsTooLongForKey() {
        assertThatThrownBy(() -> RsaPassword.encrypt(new byte[214], SEED, pair.getPublic()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void shouldRefuseWhatWasNotEncryptedForKeyOrSeed() throws Exception {
        byte[] encrypted = RsaPassword.encrypt("secret".getBytes(UTF_8), SEED, pair.getPublic());
        byte[] other = SEED.clone();
        other[6]++;
        assertThatThrownBy(() -> RsaPassword.decrypt(encrypted, other, pair.getPrivate()))
                .isInstanceOf(GeneralSecurityException.class);
        encrypted[9]++;
        assertThatThrownBy(() -> RsaPassword.decrypt(encrypted, SEED, pair.getPrivate()))
                .isInstanceOf(GeneralSecurityException.class);
        for (int length : new int[] {0, 1, 255, 257, 1000}) {
            assertThatThrownBy(() -> RsaPassword.decrypt(new byte[length], SEED, pair.getPrivate()))
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void shouldReadPrivateKeysOfBothForms() throws Exception {
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        for (String pem : new String[] {pem("PRIVATE KEY", pkcs8), pem("RSA PRIVATE KEY", pkcs1)}) {
            KeyPair read = RsaPassword.keys("# comment\n" + pem);
            assertThat(read.getPublic()).isEqualTo(pair.getPublic());
            byte[] encrypted = RsaPassword.encrypt("secret".getBytes(UTF_8), SEED, read.getPublic());
            assertThat(RsaPassword.decrypt(encrypted, SEED, read.getPrivate())).isEqualTo("secret".getBytes(UTF_8));
        }
    }

    @Test
    void shouldRefuseWhatIsNoKey() {
        String pem = new String(RsaPassword.pem(pair.getPublic()), US_ASCII);
        assertThatThrownBy(() -> RsaPassword.keys(pem)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> RsaPassword.keys(pem("PRIVATE KEY", new byte[] {1, 2, 3})))
                .isInstanceOf(GeneralSecurityException.class);
        for (int length = 0; length < pem.length() - 2; length += 7) {
            byte[] cut = pem.substring(0, length).getBytes(US_ASCII);
            assertThatThrownBy(() -> RsaPassword.publicKey(cut)).isInstanceOf(GeneralSecurityException.class);
        }
        assertThatThrownBy(() -> RsaPassword.publicKey(
                        pem.replace("MII", "M!I").replace("\n", "\0").getBytes(US_ASCII)))
                .isInstanceOf(GeneralSecurityException.class);
    }

    private static String pem(String kind, byte[] body) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(body) + "\n-----END " + kind + "-----\n";
    }
}
