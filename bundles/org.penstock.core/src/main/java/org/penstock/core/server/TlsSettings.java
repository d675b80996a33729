package org.penstock.core.server;

/**
 * The TLS parameters of a server or a listener; empty text where a parameter is absent.
 *
 * @param enabled whether the connection is encrypted
 * @param key private key file, PEM
 * @param certificate certificate chain file, PEM
 * @param authority file of the authorities that are trusted, PEM
 * @param version {@code MAX} or the lowest protocol version, such as {@code TLSv1.2}
 * @param cipher cipher suites, separated by colons or commas; empty for the platform's
 * @param revocations certificate revocation list file
 * @param verifyDepth longest chain that is accepted
 * @param verifyPeer whether the peer's certificate must be signed by the authority
 * @param verifyHost whether the peer's certificate must name the peer's address
 */
public record TlsSettings(
        boolean enabled,
        String key,
        String certificate,
        String authority,
        String version,
        String cipher,
        String revocations,
        int verifyDepth,
        boolean verifyPeer,
        boolean verifyHost) {
    public static final TlsSettings OFF = new TlsSettings(false, "", "", "", "MAX", "", "", 9, false, false);

    public TlsSettings {
        if (verifyDepth < 0) {
            throw new IllegalArgumentException("ssl_cert_verify_depth: expected 0 or more, got " + verifyDepth);
        }
    }

    /**
     * The setting of the parameter {@code ssl} in the words of every version.
     *
     * @throws IllegalArgumentException for another word
     */
    public static boolean enabled(String word) {
        return switch (word.trim().toLowerCase(java.util.Locale.ROOT)) {
            case "required", "true", "on", "yes", "1" -> true;
            case "", "disabled", "false", "off", "no", "0" -> false;
            default ->
                throw new IllegalArgumentException(
                        "ssl: expected required, disabled, true or false, got '" + word + "'");
        };
    }
}
