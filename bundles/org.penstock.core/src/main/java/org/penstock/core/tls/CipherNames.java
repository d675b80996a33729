package org.penstock.core.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names of cipher suites in parameters and accounts: names of the JDK, which are those of the RFCs, or of OpenSSL. */
public final class CipherNames {
    private CipherNames() {}

    /** Whether a suite that a server names as OpenSSL does is the one that the JDK names so. */
    public static boolean isOne(String name, String suite) {
        return of(name).equals(List.of(suite));
    }

    /** The suites of a list that colons, commas or blanks separate, as the JDK names them; names in neither form stay as they are. */
    public static List<String> of(String list) {
        List<String> suites = new ArrayList<>();
        for (String name : list.trim().split("[:,\\s]+", -1)) {
            if (!name.isEmpty()) {
                suites.add(standard(name.toUpperCase(Locale.ROOT)));
            }
        }
        return List.copyOf(suites);
    }

    /** {@code ECDHE-RSA-AES128-GCM-SHA256} is {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}. */
    private static String standard(String name) {
        if (name.startsWith("TLS_")) {
            return name;
        }
        String rest = name;
        String exchange = "RSA";
        for (String known : List.of("ECDHE-RSA", "ECDHE-ECDSA", "DHE-RSA", "ECDH-RSA", "ECDH-ECDSA")) {
            if (rest.startsWith(known + "-")) {
                exchange = known.replace('-', '_');
                rest = rest.substring(known.length() + 1);
                break;
            }
        }
        String cipher = rest.replaceFirst("^AES(128|256)-(SHA.*)$", "AES_$1_CBC_$2")
                .replaceFirst("^AES(128|256)-GCM-(SHA.*)$", "AES_$1_GCM_$2")
                .replaceFirst("^CHACHA20-POLY1305$", "CHACHA20_POLY1305_SHA256");
        return cipher.equals(rest) ? name : "TLS_" + exchange + "_WITH_" + cipher;
    }
}
