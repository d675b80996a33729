package org.penstock.core.net.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who does the cryptography: the native library that Netty brings, or the JDK. */
public enum TlsProvider {
    OPENSSL,
    JDK;

    /** The word for the native library where it can be loaded. */
    static final String AUTO = "auto";

    private static final Set<String> WORDS = Set.of(AUTO, "openssl", "jdk");
    private static final Logger LOG = LoggerFactory.getLogger(TlsProvider.class);

    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    static {
        // The native library refuses renegotiation anyway.
        if (System.getProperty(NO_RENEGOTIATION) == null) {
            System.setProperty(NO_RENEGOTIATION, "true");
        }
    }

    /**
     * A word of the parameter {@code ssl_provider} as it is kept; nothing is loaded.
     *
     * @throws IllegalArgumentException for another word
     */
    public static String word(String text) {
        String word = text.isBlank() ? AUTO : text.trim().toLowerCase(Locale.ROOT);
        if (!WORDS.contains(word)) {
            throw new IllegalArgumentException("ssl_provider: expected auto, openssl or jdk, got '" + text + "'");
        }
        return word;
    }

    /**
     * The provider of the parameter {@code ssl_provider}: {@code auto} is the native library where it can be loaded.
     *
     * @throws IllegalArgumentException for another word
     */
    public static TlsProvider choose(String text) {
        String word = word(text);
        if (word.equals("jdk")) {
            return JDK;
        }
        if (OpenSsl.isAvailable()) {
            return OPENSSL;
        }
        if (!word.equals(AUTO)) {
            LOG.warn(
                    "ssl_provider=openssl: the native library cannot be loaded, the JDK's TLS is used: {}",
                    rootOf(OpenSsl.unavailabilityCause()));
        }
        return JDK;
    }

    private static String rootOf(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    /** The kind whose native memory is counted and freed with the connection, not by the collector. */
    SslProvider netty() {
        return this == OPENSSL ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
    }

    /** Cipher suites that can be used, as the JDK names them; none where the provider cannot be loaded. */
    Set<String> ciphers() {
        if (this == OPENSSL) {
            return OpenSsl.isAvailable() ? OpenSsl.availableJavaCipherSuites() : Set.of();
        }
        try {
            return new HashSet<>(
                    Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites()));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }

    /** What a person calls it. */
    public String text() {
        return this == OPENSSL
                ? OpenSsl.versionString()
                : "JDK " + Runtime.version().feature();
    }
}
