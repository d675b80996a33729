package org.penstock.core.account;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.penstock.core.global.IpLiteral;

/** Where a client comes from: a numeric address or a unix socket, and the address's name where it was resolved. */
final class ClientAddress {
    /** The text that stands for a unix socket, and the name of this host. */
    static final String LOCALHOST = "localhost";

    private final String text;
    private final @Nullable InetAddress address;
    private final @Nullable String name;

    private ClientAddress(String text, @Nullable InetAddress address, @Nullable String name) {
        this.text = text;
        this.address = address;
        this.name = name;
    }

    /**
     * A client.
     *
     * @param text numeric address, or {@code localhost} for a unix socket; an IPv4-mapped IPv6 address stands for its IPv4 address
     * @param name resolved name of the address, or null
     */
    static ClientAddress of(String text, @Nullable String name) {
        InetAddress address = numeric(text);
        String lowerName = name == null ? null : name.toLowerCase(Locale.ROOT);
        return new ClientAddress(
                address == null ? text.toLowerCase(Locale.ROOT) : canonical(address), address, lowerName);
    }

    /** The numeric address in its shortest form, or {@code localhost}. */
    String text() {
        return text;
    }

    @Nullable
    String name() {
        return name;
    }

    /** Bytes of the address; null for a unix socket. */
    byte @Nullable [] bytes() {
        return address == null ? null : address.getAddress();
    }

    /** Whether the client has the name {@code localhost}: by a unix socket, 127.0.0.1 or ::1. */
    boolean isLocal() {
        return text.equals(LOCALHOST) || text.equals("127.0.0.1") || text.equals("::1");
    }

    /** The address that a text says without a look-up, or null. */
    static @Nullable InetAddress numeric(String text) {
        int zone = text.indexOf('%');
        String digits = zone > 0 && text.indexOf(':') >= 0 ? text.substring(0, zone) : text;
        return IpLiteral.parse(digits);
    }

    /** The text of an address as servers print it: for IPv6 the shortest of RFC 5952. */
    static String canonical(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        return canonical(address.getAddress());
    }

    /** The same for the 16 bytes of an IPv6 address. */
    static String canonical(byte[] bytes) {
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF);
        }
        int start = longestZeros(groups);
        int end = start;
        while (end >= 0 && end < groups.length && groups[end] == 0) {
            end++;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (i == start) {
                text.append("::");
                i = end - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    /** Index of the first of the most zero groups in a row, at least two; else -1. */
    private static int longestZeros(int[] groups) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < groups.length; i++) {
            int length = 0;
            while (i + length < groups.length && groups[i + length] == 0) {
                length++;
            }
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
            i += length;
        }
        return best;
    }
}
