package org.penstock.filter.namedserverfilter;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.penstock.api.value.Texts;
import org.penstock.filter.common.Parameters;

/**
 * From where sessions are looked at.
 *
 * @param networks addresses and networks
 * @param names host names, in lower case
 */
record Sources(List<Network> networks, Set<String> names) {
    private static final String EXPECTED =
            "a comma list of addresses, networks such as 192.168.%.% or 10.%.%.%, and host names; % for all is left out";
    private static final Pattern V4_NUMBERS = Pattern.compile("[0-9.%]+");
    private static final Pattern V4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){0,3}(\\.%){0,3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?");
    private static final int PARTS = 4;

    /**
     * The addresses that begin with these bytes.
     *
     * @param length of an address, 4 or 16
     */
    record Network(byte[] prefix, int length) {
        boolean contains(byte[] address) {
            return address.length == length && Arrays.equals(prefix, 0, prefix.length, address, 0, prefix.length);
        }
    }

    static Sources of(Parameters parameters, String key, String value) {
        List<Network> networks = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (String source : Texts.list(value)) {
            if (V4_NUMBERS.matcher(source).matches()) {
                if (!V4.matcher(source).matches() || source.split("\\.", -1).length != PARTS) {
                    throw parameters.bad(key, value, EXPECTED);
                }
                networks.add(network(source));
            } else if (V6.matcher(source).matches()) {
                byte[] address = literal(source);
                if (address.length == 0) {
                    throw parameters.bad(key, value, EXPECTED);
                }
                networks.add(new Network(address, address.length));
            } else if (NAME.matcher(source).matches()) {
                names.add(source.toLowerCase(Locale.ROOT));
            } else {
                throw parameters.bad(key, value, EXPECTED);
            }
        }
        return new Sources(List.copyOf(networks), Set.copyOf(names));
    }

    private static Network network(String source) {
        String[] parts = source.replace(".%", "").split("\\.");
        byte[] prefix = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            prefix[i] = (byte) Integer.parseInt(parts[i]);
        }
        return new Network(prefix, PARTS);
    }

    boolean any() {
        return networks.isEmpty() && names.isEmpty();
    }

    /** Whether a client is admitted by its address alone; {@code localhost} stands for a unix socket. */
    boolean admits(String clientAddress) {
        if (any() || names.contains(clientAddress)) {
            return true;
        }
        byte[] address = literal(clientAddress);
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** Whether an address has one of the names: asks the resolver, which checks that the name leads back to the address. Blocks. */
    boolean admitsByName(String clientAddress) {
        byte[] address = literal(clientAddress);
        if (address.length == 0) {
            return false;
        }
        try {
            String name = InetAddress.getByAddress(address).getCanonicalHostName();
            return names.contains(name.toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The bytes of an address in numbers, an IPv4 address in IPv6 form as four; none for anything else. */
    private static byte[] literal(String text) {
        if (!V6.matcher(text).matches() && !V4_NUMBERS.matcher(text).matches()) {
            return new byte[0];
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }
}
