package org.penstock.monitor.mysqlmon;

import java.util.HashMap;
import java.util.Map;
import org.penstock.api.session.ModuleState;

/**
 * What the monitor knows of the cluster from tick to tick.
 *
 * @param root name of the last root primary, empty for none
 * @param masterless whether the last tick found no primary
 * @param standalone whether the last tick took the only survivor for the primary
 * @param servers memory by server name
 */
record TopologyMemory(String root, boolean masterless, boolean standalone, Map<String, ServerMemory> servers) {
    static final TopologyMemory NEW = new TopologyMemory("", false, false, Map.of());

    private static final int VERSION = 1;
    private static final String SERVER = "server.";

    TopologyMemory {
        servers = Map.copyOf(servers);
    }

    ServerMemory of(String name) {
        return servers.getOrDefault(name, ServerMemory.NEW);
    }

    ModuleState toState() {
        Map<String, Object> values = new HashMap<>();
        values.put("root", root);
        values.put("masterless", masterless);
        values.put("standalone", standalone);
        servers.forEach((name, memory) -> values.put(SERVER + name, memory.encode()));
        return new ModuleState(VERSION, values);
    }

    static TopologyMemory of(ModuleState state) {
        Map<String, ServerMemory> servers = new HashMap<>();
        state.values().forEach((key, value) -> {
            if (key.startsWith(SERVER) && value instanceof String text) {
                servers.put(key.substring(SERVER.length()), ServerMemory.decode(text));
            }
        });
        return new TopologyMemory(
                state.getString("root", ""),
                state.getBoolean("masterless", false),
                state.getBoolean("standalone", false),
                servers);
    }
}
