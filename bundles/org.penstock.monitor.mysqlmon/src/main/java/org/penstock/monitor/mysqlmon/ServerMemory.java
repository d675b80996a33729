package org.penstock.monitor.mysqlmon;

import java.util.ArrayList;
import java.util.List;

/**
 * What the monitor keeps of one server from tick to tick.
 *
 * @param serverId last known server id, 0 for none
 * @param masterIds server ids from which it last replicated
 * @param failures ticks in a row without an answer
 * @param staleCandidate whether it may stay a replica while the primary is down
 * @param group number of its multi-primary group, 0 for none
 * @param status last reported mask
 */
record ServerMemory(long serverId, List<Long> masterIds, int failures, boolean staleCandidate, int group, int status) {
    static final ServerMemory NEW = new ServerMemory(0, List.of(), 0, false, 0, 0);

    private static final int FIELDS = 6;

    ServerMemory {
        masterIds = List.copyOf(masterIds);
    }

    /** One line of text that {@link #decode} reads. */
    String encode() {
        List<String> ids = new ArrayList<>();
        masterIds.forEach(id -> ids.add(Long.toString(id)));
        return serverId + ";" + String.join(",", ids) + ";" + failures + ";" + staleCandidate + ";" + group + ";"
                + status;
    }

    /** The memory that a text stands for; an unreadable one gives {@link #NEW}. */
    static ServerMemory decode(String text) {
        String[] fields = text.split(";", -1);
        if (fields.length < FIELDS) {
            return NEW;
        }
        try {
            List<Long> ids = new ArrayList<>();
            for (String id : fields[1].split(",")) {
                if (!id.isEmpty()) {
                    ids.add(Long.valueOf(id));
                }
            }
            return new ServerMemory(
                    Long.parseLong(fields[0]),
                    ids,
                    Integer.parseInt(fields[2]),
                    Boolean.parseBoolean(fields[3]),
                    Integer.parseInt(fields[4]),
                    Integer.parseInt(fields[5]));
        } catch (NumberFormatException e) {
            return NEW;
        }
    }
}
