package org.penstock.core.tls;

import java.util.List;
import java.util.Locale;

/** The protocol versions of the parameter {@code ssl_version}, which names the lowest. */
final class TlsVersions {
    /** All versions in the names of the JDK, newest first. */
    private static final List<String> ALL = List.of("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1");

    private TlsVersions() {}

    /**
     * The versions from the newest down to that one; {@code MAX} has 1.2 as its lowest.
     *
     * @throws IllegalArgumentException for another word
     */
    static List<String> from(String lowest) {
        return ALL.subList(
                0,
                switch (lowest.trim().toUpperCase(Locale.ROOT)) {
                    case "TLSV13", "TLSV1.3" -> 1;
                    case "", "MAX", "TLSV12", "TLSV1.2" -> 2;
                    case "TLSV11", "TLSV1.1" -> 3;
                    case "TLSV10", "TLSV1.0", "TLSV1" -> 4;
                    default ->
                        throw new IllegalArgumentException(
                                "ssl_version: expected MAX, TLSv10, TLSv11, TLSv12 or TLSv13," + " got '" + lowest
                                        + "'");
                });
    }
}
