package org.penstock.core.login;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.core.global.IpLiteral;

/**
 * The peers whose PROXY headers a listener believes.
 *
 * @param any whether every peer is believed
 * @param unix whether peers on a unix socket are
 * @param networks the others that are
 */
public record ProxyNetworks(boolean any, boolean unix, List<Network> networks) {
    /** Nobody. */
    public static final ProxyNetworks NONE = new ProxyNetworks(false, false, List.of());

    private static final int BYTE = 8;

    public ProxyNetworks {
        networks = List.copyOf(networks);
    }

    /** Addresses that begin with the same bits. */
    public record Network(InetAddress address, int bits) {
        boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            if (mine.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += BYTE) {
                int mask = 0xFF << Math.max(0, BYTE - (bits - bit));
                if (((mine[bit / BYTE] ^ theirs[bit / BYTE]) & mask & 0xFF) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * The networks of a list: addresses, networks as {@code address/bits}, {@code *} for all and {@code localhost} for unix sockets.
     *
     * @throws IllegalArgumentException that names the item which is none of these
     */
    public static ProxyNetworks of(List<String> items) {
        boolean any = false;
        boolean unix = false;
        List<Network> networks = new ArrayList<>();
        for (String item : items) {
            if (item.equals("*")) {
                any = true;
            } else if (item.equalsIgnoreCase("localhost")) {
                unix = true;
            } else {
                networks.add(network(item));
            }
        }
        return new ProxyNetworks(any, any || unix, networks);
    }

    private static Network network(String item) {
        int slash = item.indexOf('/');
        InetAddress address = IpLiteral.parse(slash < 0 ? item : item.substring(0, slash));
        if (address != null) {
            int most = address.getAddress().length * BYTE;
            String bits = slash < 0 ? Integer.toString(most) : item.substring(slash + 1);
            if (bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= most) {
                return new Network(address, Integer.parseInt(bits));
            }
        }
        throw new IllegalArgumentException(
                "proxy_protocol_networks: expected addresses, networks such as 192.0.2.0/24, * or localhost, got '"
                        + item + "'");
    }

    /** Whether anyone at all is believed. */
    public boolean isEmpty() {
        return !any && !unix && networks.isEmpty();
    }

    /** Whether the peer is believed; null for one on a unix socket. */
    public boolean believe(@Nullable InetAddress peer) {
        if (peer == null) {
            return unix;
        }
        return any || networks.stream().anyMatch(network -> network.contains(peer));
    }
}
