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

    @Override
    public void check(String kind, Map<String, String> parameters, Findings findings) {
        List<String> named = CipherNames.of(parameters.getOrDefault(KEY, ""));
        if (!KINDS.contains(kind) || named.isEmpty() || !encrypts(parameters.getOrDefault("ssl", ""))) {
            return;
        }
        Set<String> known = new HashSet<>();
        for (TlsProvider provider : TlsProvider.values()) {
            known.addAll(provider.ciphers());
        }
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
