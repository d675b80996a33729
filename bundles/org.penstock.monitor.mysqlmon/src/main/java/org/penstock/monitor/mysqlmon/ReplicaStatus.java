package org.penstock.monitor.mysqlmon;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.penstock.api.server.QueryResult;

/** Reads what a server says of its replication connections, in MariaDB's and in MySQL's words. */
final class ReplicaStatus {
    private ReplicaStatus() {}

    static List<ReplicaLink> links(QueryResult result) {
        List<ReplicaLink> links = new ArrayList<>();
        for (int row = 0; row < result.rows().size(); row++) {
            links.add(new ReplicaLink(
                    number(first(result, row, "Master_Server_Id", "Source_Server_Id"), 0),
                    io(first(result, row, "Slave_IO_Running", "Replica_IO_Running")),
                    "yes".equalsIgnoreCase(first(result, row, "Slave_SQL_Running", "Replica_SQL_Running")),
                    lag(first(result, row, "Seconds_Behind_Master", "Seconds_Behind_Source"))));
        }
        return links;
    }

    /** Server ids of SHOW SLAVE HOSTS. */
    static List<Long> replicaIds(QueryResult result) {
        List<Long> ids = new ArrayList<>();
        for (int row = 0; row < result.rows().size(); row++) {
            ids.add(number(result.value(row, "Server_id"), 0));
        }
        return ids;
    }

    /** The largest lag of all connections, or null when one of them does not say. */
    static @Nullable Long lag(List<ReplicaLink> links) {
        Long largest = null;
        for (ReplicaLink link : links) {
            Long lag = link.lag();
            if (lag == null) {
                return null;
            }
            largest = largest == null ? lag : Long.valueOf(Math.max(largest, lag));
        }
        return largest;
    }

    static long number(@Nullable String text, long fallback) {
        if (text == null) {
            return fallback;
        }
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            return fallback;
        }
    }

    private static @Nullable Long lag(@Nullable String text) {
        long seconds = number(text, -1);
        return seconds < 0 ? null : Long.valueOf(seconds);
    }

    private static ReplicaLink.Io io(@Nullable String text) {
        if (text == null) {
            return ReplicaLink.Io.NO;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes" -> ReplicaLink.Io.YES;
            case "connecting", "preparing" -> ReplicaLink.Io.CONNECTING;
            default -> ReplicaLink.Io.NO;
        };
    }

    private static @Nullable String first(QueryResult result, int row, String column, String other) {
        String value = result.value(row, column);
        return value != null ? value : result.value(row, other);
    }
}
