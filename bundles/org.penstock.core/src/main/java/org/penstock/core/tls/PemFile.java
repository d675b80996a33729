package org.penstock.core.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CRL;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of one PEM file.
 *
 * @param parameter the key of the configuration that names the file, for messages
 * @param file its path as configured
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
record PemFile(String parameter, String file, List<Block> blocks) {
    /** Largest file that is read: bundles of all public authorities have a quarter of it. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /**
     * One block.
     *
     * @param type such as {@code CERTIFICATE}
     * @param text between the two lines
     */
    record Block(String type, String text) {}

    static PemFile read(String parameter, String file) throws TlsFileException {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MAX_BYTES) {
                throw new TlsFileException(parameter, file, "expected at most " + MAX_BYTES + " bytes of PEM");
            }
            String text = Files.readString(path, StandardCharsets.ISO_8859_1);
            List<Block> blocks = new ArrayList<>();
            Matcher matcher = BLOCK.matcher(text);
            while (matcher.find()) {
                blocks.add(new Block(matcher.group(1), matcher.group(2)));
            }
            return new PemFile(parameter, file, List.copyOf(blocks));
        } catch (NoSuchFileException e) {
            throw new TlsFileException(parameter, file, "there is no such file", e);
        } catch (IOException e) {
            throw new TlsFileException(parameter, file, "cannot be read: " + e, e);
        }
    }

    /** The bytes of a block. */
    byte[] decode(Block block) throws TlsFileException {
        try {
            return Base64.getMimeDecoder().decode(block.text);
        } catch (IllegalArgumentException e) {
            throw new TlsFileException(parameter, file, "the block " + block.type + " is not base 64", e);
        }
    }

    /** All certificates, in their order. */
    List<X509Certificate> certificates() throws TlsFileException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.type.equals("CERTIFICATE") || block.type.equals("TRUSTED CERTIFICATE")) {
                certificates.add(certificate(decode(block)));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsFileException(parameter, file, "has no certificate, expected -----BEGIN CERTIFICATE-----");
        }
        return List.copyOf(certificates);
    }

    private X509Certificate certificate(byte[] encoded) throws TlsFileException {
        try {
            return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw new TlsFileException(parameter, file, "has a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    /** All revocation lists. */
    List<CRL> revocations() throws TlsFileException {
        List<CRL> lists = new ArrayList<>();
        for (Block block : blocks) {
            if (block.type.equals("X509 CRL")) {
                try {
                    lists.add(factory().generateCRL(new ByteArrayInputStream(decode(block))));
                } catch (CertificateException | java.security.cert.CRLException e) {
                    throw new TlsFileException(parameter, file, "has a list that cannot be read: " + e.getMessage(), e);
                }
            }
        }
        if (lists.isEmpty()) {
            throw new TlsFileException(parameter, file, "has no revocation list, expected -----BEGIN X509 CRL-----");
        }
        return List.copyOf(lists);
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
