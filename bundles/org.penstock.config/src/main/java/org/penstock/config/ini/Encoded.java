package org.penstock.config.ini;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names of objects where only {@code A-Za-z0-9_.-} may stand: everything else is percent-encoded, as UTF-8. */
public final class Encoded {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Encoded() {}

    /** The encoded name. */
    public static String name(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c < 0x80 && Character.isLetterOrDigit(c)) || "_.-".indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
