package org.penstock.core.net.tls;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.penstock.api.module.SectionCheck;
import org.penstock.core.tls.CipherNames;
import org.penstock.core.tls.TlsMode;

/** Looks for names of cipher suites that no provider of TLS has. */
public final class CipherSectionCheck implements SectionCheck {
    private static final Set<String> KINDS = Set.of("listener", "server");
    private static final String KEY = "ssl_cipher";

    /** Suites for certificates that the native library has and newer JDKs have given up. */
    private static final Set<String> NATIVE = Set.of(
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_256_GCM_SHA384");

    @Override
    public void check(String kind, Map<String, String> parameters, Findings findings) {
        List<String> named = CipherNames.of(parameters.getOrDefault(KEY, ""));
        if (!KINDS.contains(kind) || named.isEmpty() || !encrypts(parameters.getOrDefault("ssl", ""))) {
            return;
        }
        // The native library is not loaded for this.
        Set<String> known = new HashSet<>(TlsProvider.JDK.ciphers());
        known.addAll(NATIVE);
        for (String suite : named) {
            if (!known.contains(suite)) {
                findings.problem(KEY, unknown(suite, known));
            }
        }
    }

    private static boolean encrypts(String mode) {
        try {
            return TlsMode.of(mode) != TlsMode.OFF;
        } catch (IllegalArgumentException e) {
            // said by the check of the files
            return false;
        }
    }

    /** The error for a name, without that of the parameter. */
    static String unknown(String suite, Set<String> known) {
        return "expected names of cipher suites, got '" + suite + "'; known are "
                + known.stream()
                        .filter(name -> name.startsWith("TLS_"))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}
