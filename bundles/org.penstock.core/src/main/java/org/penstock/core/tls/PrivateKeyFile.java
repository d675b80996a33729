package org.penstock.core.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * A private key in any of the forms that OpenSSL writes without a passphrase: PKCS #8, PKCS #1 for RSA, SEC 1 for elliptic curves. The JDK reads the first only,
 * so the others are wrapped into it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5208">RFC 5208</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5915">RFC 5915</a>
 */
final class PrivateKeyFile {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    /** rsaEncryption with its NULL. */
    private static final byte[] RSA = {
        0x30, 0x0D, 0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    /** id-ecPublicKey, without the curve. */
    private static final byte[] EC = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};

    private static final int CURVE_TAG = 0xA0;

    private PrivateKeyFile() {}

    static PrivateKey read(String parameter, String file) throws TlsFileException {
        PemFile pem = PemFile.read(parameter, file);
        for (PemFile.Block block : pem.blocks()) {
            if (block.text().contains("ENCRYPTED") || block.type().startsWith("ENCRYPTED")) {
                throw new TlsFileException(
                        parameter,
                        file,
                        "is protected by a passphrase, expected a key without one: openssl pkey -in FILE");
            }
            byte[] bytes;
            switch (block.type()) {
                case "PRIVATE KEY" -> bytes = pem.decode(block);
                case "RSA PRIVATE KEY" -> bytes = wrapped(RSA, pem.decode(block));
                case "EC PRIVATE KEY" -> {
                    byte[] key = pem.decode(block);
                    bytes = wrapped(tagged(SEQUENCE, EC, curve(parameter, file, key)), key);
                }
                default -> {
                    continue;
                }
            }
            return key(parameter, file, bytes);
        }
        throw new TlsFileException(parameter, file, "has no private key, expected -----BEGIN PRIVATE KEY-----");
    }

    private static PrivateKey key(String parameter, String file, byte[] pkcs8) throws TlsFileException {
        try {
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
                } catch (InvalidKeySpecException e) {
                    // Of another kind.
                }
            }
        } catch (GeneralSecurityException e) {
            throw new TlsFileException(parameter, file, "cannot be read: " + e.getMessage(), e);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
        throw new TlsFileException(parameter, file, "has no key of RSA, EC or Ed25519");
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return tagged(SEQUENCE, VERSION_0, algorithm, tagged(OCTETS, key));
    }

    /** The identifier of the curve: what stands in the element with tag 0 of the key's sequence. */
    private static byte[] curve(String parameter, String file, byte[] key) throws TlsFileException {
        for (int i = 0; i + 3 < key.length; i++) {
            boolean tag = (key[i] & 0xFF) == CURVE_TAG && key[i + 2] == 0x06 && key[i + 1] == key[i + 3] + 2;
            if (tag && i + 2 + key[i + 1] <= key.length) {
                return Arrays.copyOfRange(key, i + 2, i + 2 + key[i + 1]);
            }
        }
        throw new TlsFileException(
                parameter, file, "does not name its curve: openssl pkey -in FILE makes a key that does");
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length > 0xFF) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length > 0x7F) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
