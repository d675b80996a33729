package org.penstock.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateKeyFileTest {
    @TempDir
    private Path directory;

    private PrivateKey read(String type, byte[] der) throws Exception {
        String text = Base64.getMimeEncoder().encodeToString(der);
        Path file = Files.writeString(
                directory.resolve("key.pem"),
                "some text\n-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
        return PrivateKeyFile.read("ssl_key", file.toString());
    }

    private static PrivateKey made(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair().getPrivate();
    }

    @Test
    void shouldReadThreeForms() throws Exception {
        PrivateKey rsa = made("RSA", 2048);
        byte[] pkcs8 = rsa.getEncoded();
        assertThat(read("PRIVATE KEY", pkcs8)).isEqualTo(rsa);
        // Version, algorithm and the header of the octets stand in front of the inner key.
        assertThat(read("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length)))
                .isEqualTo(rsa);
        PrivateKey ec = made("EC", 256);
        assertThat(read("PRIVATE KEY", ec.getEncoded())).isEqualTo(ec);
    }

    @Test
    void shouldReadAKeyOfACurveAsOpensslWritesIt() throws Exception {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 7);
        byte[] sec1 = new byte[7 + 32 + 12];
        System.arraycopy(new byte[] {0x30, 49, 2, 1, 1, 4, 32}, 0, sec1, 0, 7);
        System.arraycopy(secret, 0, sec1, 7, 32);
        byte[] curve = {(byte) 0xA0, 10, 6, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 3, 1, 7};
        System.arraycopy(curve, 0, sec1, 39, 12);
        PrivateKey key = read("EC PRIVATE KEY", sec1);
        assertThat(key.getAlgorithm()).isEqualTo("EC");
        assertThat(((java.security.interfaces.ECPrivateKey) key).getS().toByteArray())
                .isEqualTo(secret);
    }

    @Test
    void shouldSayWhatIsWrongForEveryLength() throws Exception {
        byte[] pkcs8 = made("EC", 256).getEncoded();
        for (int length = 0; length < pkcs8.length; length++) {
            byte[] cut = Arrays.copyOf(pkcs8, length);
            for (String type : new String[] {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
                assertThatThrownBy(() -> read(type, cut))
                        .isInstanceOf(TlsFileException.class)
                        .hasMessageStartingWith("ssl_key: " + directory);
            }
        }
    }

    @Test
    void shouldNameWhatCannotBeRead() {
        assertThatThrownBy(() -> read("ENCRYPTED PRIVATE KEY", new byte[] {1}))
                .hasMessageContaining("is protected by a passphrase");
        assertThatThrownBy(() -> read("CERTIFICATE", new byte[] {1})).hasMessageContaining("has no private key");
    }
}
