package org.penstock.core.tls;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The TLS parameters of a server or a listener; empty text where a parameter is absent.
 *
 * @param mode whether connections are encrypted
 * @param key private key file, PEM
 * @param certificate certificate chain file, PEM
 * @param authority file of the authorities that are trusted, PEM; empty for those of the JDK
 * @param version {@code MAX} or the lowest protocol version, such as {@code TLSv1.2}
 * @param cipher cipher suites, separated by colons or commas; empty for the provider's
 * @param revocations certificate revocation list file
 * @param verifyDepth most intermediate authorities between the peer's certificate and a trusted one
 * @param verifyPeer whether the peer's certificate must be signed by the authority
 * @param verifyHost whether the peer's certificate must name the peer's address
 */
public record TlsSettings(
        TlsMode mode,
        String key,
        String certificate,
        String authority,
        String version,
        String cipher,
        String revocations,
        int verifyDepth,
        boolean verifyPeer,
        boolean verifyHost) {
    /** Longest chain where the section says nothing. */
    public static final int DEFAULT_DEPTH = 9;

    public static final TlsSettings OFF =
            new TlsSettings(TlsMode.OFF, "", "", "", "MAX", "", "", DEFAULT_DEPTH, false, false);

    public TlsSettings {
        Objects.requireNonNull(mode, "mode");
        if (verifyDepth < 0) {
            throw new IllegalArgumentException("ssl_cert_verify_depth: expected 0 or more, got " + verifyDepth);
        }
        TlsVersions.from(version);
    }

    public boolean enabled() {
        return mode != TlsMode.OFF;
    }

    /** What a server's section says, with its defaults: whoever names an authority wants the server's certificate and name checked. */
    public static TlsSettings ofServer(TlsSettings written, String verifyPeer, String verifyHost) {
        if (written.mode == TlsMode.OPTIONAL) {
            throw new IllegalArgumentException(
                    "ssl: expected required or disabled, got 'optional', which is for listeners");
        }
        boolean host = flag("ssl_verify_peer_host", verifyHost, false);
        boolean peer = flag("ssl_verify_peer_certificate", verifyPeer, !written.authority.isEmpty() || host);
        return written.verifying(peer || host, verifyHost.isEmpty() ? peer : host)
                .checked();
    }

    /** What a listener's section says: with TLS it needs a certificate, and client certificates need an authority. */
    public TlsSettings ofListener() {
        if (mode == TlsMode.OFF) {
            return this;
        }
        if (certificate.isEmpty()) {
            throw new IllegalArgumentException(
                    "ssl_cert: expected the certificate and in ssl_key its key, since ssl is on");
        }
        if (verifyPeer && authority.isEmpty()) {
            throw new IllegalArgumentException(
                    "ssl_ca: expected the authority of the clients, since ssl_verify_peer_certificate is on");
        }
        if (verifyHost && !verifyPeer) {
            throw new IllegalArgumentException(
                    "ssl_verify_peer_host: expected ssl_verify_peer_certificate=true with it");
        }
        return checked();
    }

    private TlsSettings checked() {
        if (mode != TlsMode.OFF && key.isEmpty() != certificate.isEmpty()) {
            throw new IllegalArgumentException(
                    (key.isEmpty() ? "ssl_key" : "ssl_cert") + ": expected both of ssl_cert and ssl_key, or neither");
        }
        if (mode != TlsMode.OFF && !revocations.isEmpty() && !verifyPeer) {
            throw new IllegalArgumentException(
                    "ssl_crl: expected ssl_verify_peer_certificate=true with it; without, no certificate is looked at");
        }
        return this;
    }

    private TlsSettings verifying(boolean peer, boolean host) {
        return new TlsSettings(
                mode, key, certificate, authority, version, cipher, revocations, verifyDepth, peer, host);
    }

    private static boolean flag(String key, String word, boolean absent) {
        return switch (word.trim().toLowerCase(java.util.Locale.ROOT)) {
            case "" -> absent;
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw new IllegalArgumentException(key + ": expected true or false, got '" + word + "'");
        };
    }

    /** Protocol versions that are spoken, newest first, in the names of the JDK. */
    public List<String> protocols() {
        return TlsVersions.from(version);
    }

    /** Names of cipher suites as the JDK has them; empty for the provider's. */
    public List<String> ciphers() {
        return CipherNames.of(cipher);
    }

    /** The files that the settings name. */
    public List<String> files() {
        return Stream.of(certificate, key, authority, revocations)
                .filter(file -> !file.isEmpty())
                .toList();
    }
}
