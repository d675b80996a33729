package org.penstock.core.net.tls;

import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.penstock.core.tls.TlsSettings;

/** The words for a handshake that failed: what was wrong and which parameter has to do with it. */
final class TlsReason {
    /** Causes that are looked through. */
    private static final int MAX_DEPTH = 12;

    private TlsReason() {}

    static String of(Throwable failure, TlsSettings settings) {
        Throwable last = failure;
        String known = null;
        for (int depth = 0; last.getCause() != null && last.getCause() != last && depth < MAX_DEPTH; depth++) {
            String here = certificate(last, settings);
            known = here == null ? known : here;
            last = last.getCause();
        }
        String here = certificate(last, settings);
        if (here != null) {
            return here;
        }
        if (known != null) {
            return known;
        }
        return last instanceof ClosedChannelException
                ? "the connection was closed during the handshake"
                : alert(last.getMessage() == null ? last.toString() : last.getMessage());
    }

    private static @Nullable String certificate(Throwable cause, TlsSettings settings) {
        if (cause instanceof CertificateExpiredException) {
            return "its certificate has expired (" + cause.getMessage() + ")";
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "its certificate is not valid yet (" + cause.getMessage() + ")";
        }
        if (cause instanceof CertPathValidatorException path) {
            if (path.getReason() == CertPathValidatorException.BasicReason.REVOKED) {
                return "its certificate is revoked by " + settings.revocations() + " (ssl_crl)";
            }
            return "its certificate is not accepted: " + path.getMessage();
        }
        if (cause instanceof CertPathBuilderException) {
            String trusted =
                    settings.authority().isEmpty() ? "the JDK trusts" : settings.authority() + " (ssl_ca) holds";
            return "its certificate is not signed by an authority that " + trusted;
        }
        if (cause instanceof CertificateException
                && String.valueOf(cause.getMessage()).contains("(ssl_")) {
            return String.valueOf(cause.getMessage());
        }
        if (cause instanceof CertificateException
                && String.valueOf(cause.getMessage()).startsWith("No ")) {
            return "its certificate does not name the address that was connected to (ssl_verify_peer_host): "
                    + cause.getMessage();
        }
        return null;
    }

    /** What the other side says, or what its bytes are, in words of the parameters. */
    private static String alert(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("protocol_version")
                || text.contains("unsupported_protocol")
                || text.contains("protocol version")
                || text.contains("is not enabled or supported in")) {
            return "no common protocol version (ssl_version): " + message;
        }
        if (text.contains("handshake_failure")
                || text.contains("no_shared_cipher")
                || text.contains("suites in common")) {
            return "no common protocol version or cipher suite (ssl_version, ssl_cipher): " + message;
        }
        if (text.contains("bad_certificate")
                || text.contains("certificate_required")
                || text.contains("peer_did_not_return_a_certificate")
                || text.contains("empty client certificate chain")) {
            return "a client certificate is demanded (ssl_cert, ssl_key): " + message;
        }
        return message;
    }
}
