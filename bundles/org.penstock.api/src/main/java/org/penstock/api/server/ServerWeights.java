package org.penstock.api.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shares of the servers by a parameter of their sections, in thousandths of the sum.
 *
 * @param byName share by server name; {@link #FULL} for a server that is not in it
 * @param warnings what is odd about the values, for the log
 */
public record ServerWeights(Map<String, Integer> byName, List<String> warnings) {
    /** Share of every server when nothing is weighted. */
    public static final int FULL = 1000;

    public static final ServerWeights NONE = new ServerWeights(Map.of(), List.of());

    /** Shares by the parameter {@code key}; an empty key weights nothing. */
    public static ServerWeights of(String key, List<ServerView> servers) {
        if (key.isEmpty()) {
            return NONE;
        }
        Map<String, Long> values = new HashMap<>();
        List<String> warnings = new ArrayList<>();
        long sum = 0;
        for (ServerView server : servers) {
            Long value = valueOf(key, server, warnings);
            if (value != null) {
                values.put(server.name(), value);
                sum += value;
            }
        }
        if (sum == 0 || sum > Integer.MAX_VALUE) {
            warnings.add("weightby=" + key + ": the values of all servers sum up to " + sum + ", expected 1 to "
                    + Integer.MAX_VALUE + "; all servers weigh the same");
            return new ServerWeights(Map.of(), List.copyOf(warnings));
        }
        Map<String, Integer> shares = new HashMap<>();
        for (Map.Entry<String, Long> entry : values.entrySet()) {
            int share = (int) (entry.getValue() * FULL / sum);
            if (share == 0) {
                warnings.add("weightby=" + key + ": server '" + entry.getKey() + "' has the share 0 ("
                        + entry.getValue() + " of " + sum + "); it is used only while no other server can be");
            }
            shares.put(entry.getKey(), share);
        }
        return new ServerWeights(Map.copyOf(shares), List.copyOf(warnings));
    }

    public int of(ServerView server) {
        return byName.getOrDefault(server.name(), FULL);
    }

    private static @Nullable Long valueOf(String key, ServerView server, List<String> warnings) {
        String text = server.parameter(key);
        if (text == null) {
            warnings.add("weightby=" + key + ": server '" + server.name() + "' has no parameter " + key + "; it weighs "
                    + FULL);
            return null;
        }
        try {
            int value = Integer.parseInt(text.trim());
            if (value >= 0) {
                return (long) value;
            }
        } catch (NumberFormatException e) {
            // reported below, with the negative ones
        }
        warnings.add("weightby=" + key + ": server '" + server.name() + "': expected 0 to " + Integer.MAX_VALUE
                + ", got '" + text + "'; it weighs " + FULL);
        return null;
    }
}
