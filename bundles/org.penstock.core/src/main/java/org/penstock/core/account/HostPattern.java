package org.penstock.core.account;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The host part of an account, with its place in the order in which accounts are tried: the most specific first. */
final class HostPattern implements Comparable<HostPattern> {
    private enum Kind {
        /** An address or a name without wildcards. */
        EXACT,
        NETWORK,
        PATTERN,
        ANY
    }

    /** Longest host of an account. */
    private static final int MAX_LENGTH = 255;

    private final String text;
    private final Kind kind;
    /** How many texts match, as a measure that is larger for more; zero without wildcards. */
    private final long breadth;

    /** Bits of a network's mask. */
    private final int bits;

    private final @Nullable InetAddress address;
    private final byte @Nullable [] mask;

    private HostPattern(String text, Kind kind, int bits, @Nullable InetAddress address, byte @Nullable [] mask) {
        this.text = text;
        this.kind = kind;
        this.bits = bits;
        this.breadth = kind == Kind.EXACT || kind == Kind.NETWORK ? 0 : breadth(text.isEmpty() ? "%" : text);
        this.address = address;
        this.mask = mask;
    }

    static HostPattern of(String host) {
        String text = host.toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.equals("%")) {
            return new HostPattern(text, Kind.ANY, 0, null, null);
        }
        HostPattern network = network(text);
        if (network != null) {
            return network;
        }
        if (WildPattern.firstWildcard(text) >= 0) {
            return new HostPattern(text, Kind.PATTERN, 0, null, null);
        }
        String exact = WildPattern.unescaped(text);
        return new HostPattern(exact, Kind.EXACT, 0, ClientAddress.numeric(exact), null);
    }

    boolean matches(ClientAddress client, boolean wildcardsMatchLocal) {
        return switch (kind) {
            case ANY -> wildcardsMatchLocal || !client.isLocal();
            case EXACT -> matchesExactly(client);
            case NETWORK -> matchesNetwork(client.bytes());
            case PATTERN -> (wildcardsMatchLocal || !client.isLocal()) && matchesPattern(client);
        };
    }

    /** Whether only the name of a client's address can match. */
    boolean needsName() {
        boolean named = kind == Kind.EXACT && address == null && !text.equals(ClientAddress.LOCALHOST);
        return named || (kind == Kind.PATTERN && hasLetterOutsideHex());
    }

    private boolean matchesExactly(ClientAddress client) {
        if (address != null) {
            return ClientAddress.canonical(address).equals(client.text());
        }
        if (text.equals(ClientAddress.LOCALHOST)) {
            return client.isLocal();
        }
        return text.equals(client.text()) || text.equals(client.name());
    }

    private boolean matchesPattern(ClientAddress client) {
        String name = client.name();
        return WildPattern.matches(text, client.text()) || (name != null && WildPattern.matches(text, name));
    }

    private boolean matchesNetwork(byte @Nullable [] client) {
        if (client == null || mask == null || address == null) {
            return false;
        }
        byte[] network = address.getAddress();
        if (client.length != network.length) {
            return false;
        }
        for (int i = 0; i < network.length; i++) {
            if ((client[i] & mask[i]) != network[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * How many texts a pattern matches, in MariaDB's measure: what counts most is how many characters it leaves open, {@code %} standing for as many as fit; then
     * how many {@code %} share them, then how many {@code _}; of two that are alike the one with the shorter beginning counts as narrower.
     */
    private static long breadth(String pattern) {
        int literals = 0;
        int ones = 0;
        int manys = 0;
        int beginning = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' && c != '_') {
                i += c == '\\' && i + 1 < pattern.length() ? 1 : 0;
                literals++;
                continue;
            }
            beginning = manys + ones == 0 ? literals : beginning;
            if (c == '_') {
                ones++;
            } else if (i == 0 || pattern.charAt(i - 1) != '%') {
                manys++;
            }
        }
        int open = manys == 0 ? 0 : Math.max(0, MAX_LENGTH - literals - ones);
        return open > ones ? measure(open, 1, manys, ones, beginning) : measure(ones, 0, open, manys, beginning);
    }

    /** One number that compares like its parts, the first one foremost. */
    private static long measure(int... parts) {
        long measure = 0;
        for (int part : parts) {
            measure = (measure << 8) + Math.min(part, MAX_LENGTH);
        }
        return measure;
    }

    private boolean hasLetterOutsideHex() {
        boolean ipv6 = text.indexOf(':') >= 0;
        return text.chars().anyMatch(c -> Character.isLetter(c) && !(ipv6 && Character.digit(c, 16) >= 0));
    }

    /** The network that {@code address/netmask} or {@code address/bits} says, or null. */
    private static @Nullable HostPattern network(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return null;
        }
        InetAddress address = ClientAddress.numeric(text.substring(0, slash));
        byte[] mask = address == null ? null : mask(text.substring(slash + 1), address.getAddress().length);
        if (mask == null) {
            return null;
        }
        int bits = 0;
        for (byte part : mask) {
            bits += Integer.bitCount(part & 0xFF);
        }
        return new HostPattern(text, Kind.NETWORK, bits, address, mask);
    }

    private static byte @Nullable [] mask(String text, int length) {
        InetAddress written = ClientAddress.numeric(text);
        if (written != null) {
            return written.getAddress().length == length ? written.getAddress() : null;
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > length * 8) {
            return null;
        }
        byte[] mask = new byte[length];
        for (int bit = 0; bit < Integer.parseInt(text); bit++) {
            mask[bit / 8] |= (byte) (0x80 >> (bit % 8));
        }
        return mask;
    }

    /** Whether fewer texts match than match another, in MariaDB's measure. */
    boolean isNarrowerThan(HostPattern other) {
        return breadth < other.breadth;
    }

    /** More specific first: exact hosts, then networks by the bits of their masks, then patterns; {@code localhost} before the addresses that it stands for. */
    @Override
    public int compareTo(HostPattern other) {
        int byBreadth = Long.compare(breadth, other.breadth);
        int byKind = byBreadth != 0 ? byBreadth : kind.compareTo(other.kind);
        int byBits = byKind != 0 ? byKind : Integer.compare(other.bits, bits);
        return byBits != 0 ? byBits : other.text.compareTo(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostPattern that && that.text.equals(text) && that.kind == kind;
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
