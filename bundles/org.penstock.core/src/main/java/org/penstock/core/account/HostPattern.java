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

    private final String text;
    private final Kind kind;
    /** Larger is more specific among patterns of one kind. */
    private final int weight;

    private final @Nullable InetAddress address;
    private final byte @Nullable [] mask;

    private HostPattern(String text, Kind kind, int weight, @Nullable InetAddress address, byte @Nullable [] mask) {
        this.text = text;
        this.kind = kind;
        this.weight = weight;
        this.address = address;
        this.mask = mask;
    }

    static HostPattern of(String host) {
        String text = host.toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.equals("%")) {
            return new HostPattern(text, Kind.ANY, text.length(), null, null);
        }
        HostPattern network = network(text);
        if (network != null) {
            return network;
        }
        int wildcard = WildPattern.firstWildcard(text);
        if (wildcard >= 0) {
            return new HostPattern(text, Kind.PATTERN, (wildcard << 10) + Math.min(text.length(), 1023), null, null);
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

    /** More specific first; patterns by the position of their first wildcard, as the servers do. */
    @Override
    public int compareTo(HostPattern other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : Integer.compare(other.weight, weight);
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
