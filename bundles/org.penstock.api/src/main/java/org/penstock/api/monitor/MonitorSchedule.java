package org.penstock.api.monitor;

import java.time.Duration;
import java.util.List;

/**
 * The common settings of a monitor, from its configuration.
 *
 * @param servers names of the servers that it watches
 * @param user account for its questions
 * @param password of that account
 * @param interval pause between two ticks
 * @param connectTimeout for a service connection, login included
 * @param readTimeout for one question
 * @param script command line to run on a change of status, empty for none
 * @param events names of the events that start the script; empty for all
 */
public record MonitorSchedule(
        List<String> servers,
        String user,
        String password,
        Duration interval,
        Duration connectTimeout,
        Duration readTimeout,
        String script,
        List<String> events) {
    /** Shortest interval. */
    public static final Duration MIN_INTERVAL = Duration.ofMillis(100);

    public MonitorSchedule {
        servers = List.copyOf(servers);
        events = List.copyOf(events);
        if (interval.compareTo(MIN_INTERVAL) < 0) {
            throw new IllegalArgumentException(
                    "monitor_interval: expected at least 100ms, got " + interval.toMillis() + "ms");
        }
    }

    @Override
    public String toString() {
        return "MonitorSchedule[servers=" + servers + ", user=" + user + ", interval=" + interval + "]";
    }
}
