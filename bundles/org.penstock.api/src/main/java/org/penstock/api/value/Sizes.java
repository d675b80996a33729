package org.penstock.api.value;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The format of sizes: bytes, with {@code k M G T} for powers of 1000 or {@code Ki Mi Gi Ti} for powers of 1024, in any case. */
public final class Sizes {
    /** What a user is told to write. */
    public static final String EXPECTED = "a size such as 4096, 64Ki or 10M";

    private static final Pattern FORMAT = Pattern.compile("(\\d{1,18})\\s*(?:([kmgt])(i)?)?b?");

    private Sizes() {}

    /** Bytes. */
    public static long parse(String text) {
        Matcher matcher = FORMAT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new ConfigurationException(text, EXPECTED);
        }
        long bytes = Long.parseLong(matcher.group(1));
        if (matcher.group(2) == null) {
            return bytes;
        }
        long base = matcher.group(3) == null ? 1000 : 1024;
        int power = "kmgt".indexOf(matcher.group(2)) + 1;
        try {
            for (int i = 0; i < power; i++) {
                bytes = Math.multiplyExact(bytes, base);
            }
            return bytes;
        } catch (ArithmeticException e) {
            ConfigurationException large = new ConfigurationException(text, "a size below 8 exbibytes");
            large.initCause(e);
            throw large;
        }
    }
}
