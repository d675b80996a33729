package org.penstock.core.global;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numeric addresses as text; nothing is ever looked up. */
public final class IpLiteral {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private IpLiteral() {}

    /** The address that a text says, or null. */
    public static @Nullable InetAddress parse(String text) {
        boolean four = IPV4.matcher(text).matches();
        if (!four && !IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            // In brackets it is never looked up.
            return InetAddress.getByName(four ? text : "[" + text + "]");
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
