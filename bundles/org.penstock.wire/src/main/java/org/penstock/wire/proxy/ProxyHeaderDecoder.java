package org.penstock.wire.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.wire.ByteSource;
import org.penstock.wire.CodecException;

/** Reads a header of either version from the first bytes of a connection, without looking at a byte behind it. */
public final class ProxyHeaderDecoder {
    /** Most bytes of a line of version 1, CR and LF included. */
    public static final int MAX_LINE = 107;

    /** Most bytes behind the fixed part of version 2: addresses and extensions, of which none is needed here. */
    public static final int MAX_BLOCK = 2048;

    private static final byte[] WORD = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED = 16;
    private static final int MAX_PORT = 0xFFFF;

    private static final Pattern LINE = Pattern.compile(
            "PROXY (TCP4|TCP6) ([0-9a-fA-F:.]+) ([0-9a-fA-F:.]+) (0|[1-9][0-9]{0,4}) (0|[1-9][0-9]{0,4})");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private ProxyHeaderDecoder() {}

    /** What the bytes are so far. */
    public sealed interface Found {
        /** A header, of so many bytes. */
        record Header(ProxyHeader header, int length) implements Found {}

        /** What a header may begin with. */
        record Part() implements Found {}

        /** No header. */
        record Other() implements Found {}
    }

    private static final Found PART = new Found.Part();
    private static final Found OTHER = new Found.Other();

    /**
     * Looks at what is there from the beginning of a connection.
     *
     * @throws CodecException for what begins as a header and is none
     */
    public static Found decode(ByteSource bytes) {
        if (begins(bytes, WORD)) {
            return bytes.length() < WORD.length ? PART : line(bytes);
        }
        if (begins(bytes, ProxyHeader.SIGNATURE)) {
            return bytes.length() < FIXED ? PART : block(bytes);
        }
        return OTHER;
    }

    private static boolean begins(ByteSource bytes, byte[] mark) {
        int count = Math.min(bytes.length(), mark.length);
        for (int i = 0; i < count; i++) {
            if (bytes.at(i) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Found line(ByteSource bytes) {
        int most = Math.min(bytes.length(), MAX_LINE);
        StringBuilder text = new StringBuilder(most);
        for (int i = 0; i < most; i++) {
            char c = (char) (bytes.at(i) & 0xFF);
            if (c == '\r') {
                if (i + 1 == bytes.length() && i + 1 < MAX_LINE) {
                    return PART;
                }
                if (i + 1 < most && bytes.at(i + 1) == '\n') {
                    return new Found.Header(parsed(text.toString()), i + 2);
                }
                throw new CodecException("expected LF behind CR at offset " + (i + 1) + " of a PROXY line");
            }
            text.append(c);
        }
        if (most == MAX_LINE) {
            throw new CodecException("expected a PROXY line of at most " + MAX_LINE + " bytes");
        }
        return PART;
    }

    private static ProxyHeader parsed(String line) {
        if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
            return ProxyHeader.LOCAL;
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new CodecException("expected TCP4, TCP6 or UNKNOWN with two addresses and two ports in a PROXY line");
        }
        boolean four = matcher.group(1).equals("TCP4");
        return new ProxyHeader(
                socket(address(matcher.group(2), four), matcher.group(4)),
                socket(address(matcher.group(3), four), matcher.group(5)));
    }

    private static InetAddress address(String text, boolean four) {
        boolean fits = four ? IPV4.matcher(text).matches() : text.indexOf(':') >= 0;
        try {
            if (fits) {
                // In brackets it is never looked up.
                return InetAddress.getByName(four ? text : "[" + text + "]");
            }
        } catch (UnknownHostException e) {
            // said below
        }
        throw new CodecException("expected an " + (four ? "IPv4" : "IPv6") + " address in a PROXY line");
    }

    private static InetSocketAddress socket(InetAddress address, String port) {
        int number = Integer.parseInt(port);
        if (number > MAX_PORT) {
            throw new CodecException("expected a port up to " + MAX_PORT + " in a PROXY line, got " + number);
        }
        return new InetSocketAddress(address, number);
    }

    private static Found block(ByteSource bytes) {
        int command = bytes.at(ProxyHeader.SIGNATURE.length) & 0xFF;
        int family = bytes.at(ProxyHeader.SIGNATURE.length + 1) & 0xFF;
        int length = number(bytes, FIXED - 2);
        if ((command & 0xF0) != ProxyHeader.VERSION_2 || (command & 0xF) > ProxyHeader.COMMAND_PROXY) {
            throw new CodecException(
                    String.format("expected version 2 with LOCAL or PROXY in a PROXY header, got 0x%02X", command));
        }
        if (length > MAX_BLOCK) {
            throw new CodecException("expected at most " + MAX_BLOCK + " bytes in a PROXY header, got " + length);
        }
        int addresses = (command & 0xF) == ProxyHeader.COMMAND_LOCAL ? 0 : sizeOf(family);
        if (length < 2 * addresses + (addresses > 0 ? 4 : 0)) {
            throw new CodecException("expected two addresses and ports in a PROXY header of " + length + " bytes");
        }
        if (bytes.length() < FIXED + length) {
            return PART;
        }
        ProxyHeader header = addresses == 0
                ? ProxyHeader.LOCAL
                : new ProxyHeader(socket(bytes, FIXED, addresses, 0), socket(bytes, FIXED + addresses, addresses, 1));
        return new Found.Header(header, FIXED + length);
    }

    /** Bytes of an address; 0 for what has none that a server could use, such as a unix socket. */
    private static int sizeOf(int family) {
        return switch (family) {
            case ProxyHeader.TCP4 -> 4;
            case ProxyHeader.TCP6 -> 16;
            default -> 0;
        };
    }

    private static InetSocketAddress socket(ByteSource bytes, int at, int size, int index) {
        byte[] address = new byte[size];
        for (int i = 0; i < size; i++) {
            address[i] = bytes.at(at + i);
        }
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(address), number(bytes, FIXED + 2 * size + 2 * index));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    private static int number(ByteSource bytes, int at) {
        return (bytes.at(at) & 0xFF) << 8 | (bytes.at(at + 1) & 0xFF);
    }
}
