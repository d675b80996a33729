package org.penstock.core.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.penstock.api.module.SectionCheck;

/** Looks at the certificates, keys and lists that servers and listeners name, as they would be read at the start. */
public final class TlsSectionCheck implements SectionCheck {
    @Override
    public void check(String kind, Map<String, String> parameters, Findings findings) {
        TlsSettings settings;
        try {
            settings = switch (kind) {
                case "listener" -> listener(parameters);
                case "server" -> server(parameters);
                default -> TlsSettings.OFF;
            };
        } catch (IllegalArgumentException e) {
            String text = String.valueOf(e.getMessage());
            int colon = text.indexOf(": ");
            findings.problem(colon < 0 ? "ssl" : text.substring(0, colon), text.substring(colon < 0 ? 0 : colon + 2));
            return;
        }
        if (settings.enabled()) {
            files(settings, Instant.now(), findings);
        }
    }

    private static TlsSettings listener(Map<String, String> parameters) {
        return written(
                        parameters,
                        Boolean.parseBoolean(parameters.get("ssl_verify_peer_certificate")),
                        Boolean.parseBoolean(parameters.get("ssl_verify_peer_host")))
                .ofListener();
    }

    private static TlsSettings server(Map<String, String> parameters) {
        return TlsSettings.ofServer(
                written(parameters, false, false),
                parameters.getOrDefault("ssl_verify_peer_certificate", ""),
                parameters.getOrDefault("ssl_verify_peer_host", ""));
    }

    private static TlsSettings written(Map<String, String> parameters, boolean verifyPeer, boolean verifyHost) {
        String authority = parameters.getOrDefault("ssl_ca", "");
        return new TlsSettings(
                TlsMode.of(parameters.getOrDefault("ssl", "")),
                parameters.getOrDefault("ssl_key", ""),
                parameters.getOrDefault("ssl_cert", ""),
                authority.isEmpty() ? parameters.getOrDefault("ssl_ca_cert", "") : authority,
                parameters.getOrDefault("ssl_version", "MAX"),
                parameters.getOrDefault("ssl_cipher", ""),
                parameters.getOrDefault("ssl_crl", ""),
                Integer.parseInt(
                        parameters.getOrDefault("ssl_cert_verify_depth", Integer.toString(TlsSettings.DEFAULT_DEPTH))),
                verifyPeer,
                verifyHost);
    }

    /** Each group of files by itself, so that all that is wrong is found at once. */
    private static void files(TlsSettings settings, Instant now, Findings findings) {
        try {
            X509Certificate own = TlsMaterial.own(settings).own();
            if (own != null
                    && now.plus(TlsMaterial.SOON).isAfter(own.getNotAfter().toInstant())) {
                Instant end = own.getNotAfter().toInstant();
                findings.warning(
                        "ssl_cert",
                        settings.certificate() + ": the certificate expires on " + end + ", in "
                                + Duration.between(now, end).toDays() + " days");
            }
        } catch (TlsFileException e) {
            findings.problem(e.key(), e.text());
        }
        try {
            for (X509Certificate authority : TlsMaterial.authorities(settings)) {
                if (now.isAfter(authority.getNotAfter().toInstant())) {
                    findings.warning(
                            "ssl_ca",
                            settings.authority() + ": " + authority.getSubjectX500Principal() + " has expired on "
                                    + authority.getNotAfter().toInstant());
                }
            }
        } catch (TlsFileException e) {
            findings.problem(e.key(), e.text());
        }
        try {
            TlsMaterial.revocations(settings);
        } catch (TlsFileException e) {
            findings.problem(e.key(), e.text());
        }
    }
}
