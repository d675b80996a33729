package org.penstock.core.tls;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate's name as OpenSSL writes it on one line and servers compare it: {@code /C=FI/O=Example/CN=client}, in the order of the certificate, every byte
 * that is not printable ASCII as {@code \\xNN}.
 *
 * <pre>
 * SEQUENCE of SET of SEQUENCE: object identifier (its type), string
 * </pre>
 *
 * Bytes count as they stand in the certificate. Entries of one set follow each other with {@code +} in OpenSSL 3, with {@code /} before. MariaDB's own
 * packages are built with wolfSSL, which leaves all bytes as they are. Types without a short name are written as numbers with dots.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.4">RFC 5280, 4.1.2.4</a>
 */
public final class OneLineName {
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("2.5.4.3", "CN"),
            Map.entry("2.5.4.4", "SN"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.6", "C"),
            Map.entry("2.5.4.7", "L"),
            Map.entry("2.5.4.8", "ST"),
            Map.entry("2.5.4.9", "street"),
            Map.entry("2.5.4.10", "O"),
            Map.entry("2.5.4.11", "OU"),
            Map.entry("2.5.4.12", "title"),
            Map.entry("2.5.4.13", "description"),
            Map.entry("2.5.4.15", "businessCategory"),
            Map.entry("2.5.4.16", "postalAddress"),
            Map.entry("2.5.4.17", "postalCode"),
            Map.entry("2.5.4.20", "telephoneNumber"),
            Map.entry("2.5.4.41", "name"),
            Map.entry("2.5.4.42", "GN"),
            Map.entry("2.5.4.43", "initials"),
            Map.entry("2.5.4.44", "generationQualifier"),
            Map.entry("2.5.4.46", "dnQualifier"),
            Map.entry("2.5.4.65", "pseudonym"),
            Map.entry("2.5.4.72", "role"),
            Map.entry("2.5.4.97", "organizationIdentifier"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.3", "mail"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
            Map.entry("1.2.840.113549.1.9.2", "unstructuredName"));

    private static final int LONG_LENGTH = 0x80;
    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 0x7F;
    private static final int ARCS = 40;
    private static final String HEX = "0123456789ABCDEF";

    private final byte[] der;
    private final boolean escapes;
    private final char within;
    private int at;

    /**
     * @param escapes whether bytes are escaped; without, each is one character
     * @param within what stands between entries of one set
     */
    private OneLineName(byte[] der, boolean escapes, char within) {
        this.der = der;
        this.escapes = escapes;
        this.within = within;
    }

    /** As OpenSSL 3 writes it. */
    public static String of(X500Principal name) {
        return new OneLineName(name.getEncoded(), true, '+').write();
    }

    /** Whether a server means this name, whatever library it writes with. */
    public static boolean matches(String line, X500Principal name) {
        byte[] der = name.getEncoded();
        for (char within : new char[] {'+', '/'}) {
            String raw = new OneLineName(der, false, within).write();
            if (line.equals(new OneLineName(der, true, within).write())
                    || line.equals(new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))) {
                return true;
            }
        }
        return false;
    }

    /** The JDK has made the encoding, so it is well formed. */
    private String write() {
        StringBuilder line = new StringBuilder();
        int end = enter();
        while (at < end) {
            int entries = enter();
            char before = '/';
            while (at < entries) {
                enter();
                line.append(before).append(type()).append('=');
                value(line);
                before = within;
            }
        }
        return line.toString();
    }

    /** Goes behind the tag and the length of an element; returns where its content ends. */
    private int enter() {
        at++;
        int length = der[at++] & 0xFF;
        if (length >= LONG_LENGTH) {
            int bytes = length - LONG_LENGTH;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << Byte.SIZE | (der[at++] & 0xFF);
            }
        }
        return at + length;
    }

    private String type() {
        int end = enter();
        StringBuilder dotted = new StringBuilder();
        long number = 0;
        while (at < end) {
            int read = der[at++] & 0xFF;
            number = number << 7 | (read & SEVEN_BITS);
            if ((read & MORE) != 0) {
                continue;
            }
            if (dotted.isEmpty()) {
                long first = Math.min(2, number / ARCS);
                dotted.append(first).append('.').append(number - first * ARCS);
            } else {
                dotted.append('.').append(number);
            }
            number = 0;
        }
        return SHORT.getOrDefault(dotted.toString(), dotted.toString());
    }

    private void value(StringBuilder line) {
        int end = enter();
        while (at < end) {
            int read = der[at++] & 0xFF;
            if (escapes && (read < ' ' || read > '~')) {
                line.append("\\x").append(HEX.charAt(read >> 4)).append(HEX.charAt(read & 0xF));
            } else {
                line.append((char) read);
            }
        }
    }
}
