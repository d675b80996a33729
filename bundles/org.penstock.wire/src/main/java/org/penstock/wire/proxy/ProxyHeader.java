package org.penstock.wire.proxy;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whose connection it is.
 *
 * @param source address and port of the client; null when the connection is the proxy's own, or the proxy does not know
 * @param destination address and port that the client connected to; null together with {@code source}
 */
public record ProxyHeader(@Nullable InetSocketAddress source, @Nullable InetSocketAddress destination) {
    /** A connection of the proxy itself: LOCAL, in version 1 UNKNOWN. */
    public static final ProxyHeader LOCAL = new ProxyHeader(null, null);

    static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    static final int VERSION_2 = 0x20;
    static final int COMMAND_LOCAL = 0;
    static final int COMMAND_PROXY = 1;
    static final int TCP4 = 0x11;
    static final int TCP6 = 0x21;

    /** The header of a connection; {@link #LOCAL} where an end has no address or the two are of different families. */
    public static ProxyHeader of(@Nullable InetSocketAddress source, @Nullable InetSocketAddress destination) {
        boolean known = source != null
                && destination != null
                && !source.isUnresolved()
                && !destination.isUnresolved()
                && source.getAddress() instanceof Inet4Address == destination.getAddress() instanceof Inet4Address;
        return known ? new ProxyHeader(source, destination) : LOCAL;
    }

    /** The line of version 1. */
    public byte[] version1() {
        InetSocketAddress from = source;
        InetSocketAddress to = destination;
        if (from == null || to == null) {
            return "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);
        }
        String family = from.getAddress() instanceof Inet4Address ? "TCP4" : "TCP6";
        String line = "PROXY " + family + " " + text(from) + " " + text(to) + " " + from.getPort() + " " + to.getPort();
        return (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(InetSocketAddress address) {
        String text = address.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** The block of version 2. */
    public byte[] version2() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        InetSocketAddress from = source;
        InetSocketAddress to = destination;
        if (from == null || to == null) {
            out.write(VERSION_2 | COMMAND_LOCAL);
            out.write(0);
            number(out, 0);
            return out.toByteArray();
        }
        InetAddress address = from.getAddress();
        out.write(VERSION_2 | COMMAND_PROXY);
        out.write(address instanceof Inet4Address ? TCP4 : TCP6);
        number(out, 2 * address.getAddress().length + 4);
        out.writeBytes(address.getAddress());
        out.writeBytes(to.getAddress().getAddress());
        number(out, from.getPort());
        number(out, to.getPort());
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }
}
