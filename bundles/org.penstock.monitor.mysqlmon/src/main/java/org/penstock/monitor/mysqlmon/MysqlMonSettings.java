package org.penstock.monitor.mysqlmon;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.penstock.api.monitor.MonitorSchedule;
import org.penstock.api.value.ConfigurationException;
import org.penstock.api.value.Durations;
import org.penstock.api.value.Texts;

/**
 * The checked parameters of one instance.
 *
 * @param schedule common settings of monitors
 * @param rules how answers become roles
 * @param attempts times that a server is asked before it is down
 * @param detectReplicationLag whether the lag is measured by a heartbeat table
 * @param mysql51Replication whether servers older than 5.5 are asked for their replicas
 */
record MysqlMonSettings(
        MonitorSchedule schedule,
        TopologyRules rules,
        int attempts,
        boolean detectReplicationLag,
        boolean mysql51Replication) {
    /** Most attempts of one look; more would outlast every interval. */
    static final int MAX_ATTEMPTS = 100;

    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);

    private static final Set<String> EVENTS = Set.of(
            "master_down",
            "master_up",
            "slave_down",
            "slave_up",
            "server_down",
            "server_up",
            "synced_down",
            "synced_up",
            "donor_down",
            "donor_up",
            "ndb_down",
            "ndb_up",
            "lost_master",
            "lost_slave",
            "lost_synced",
            "lost_donor",
            "lost_ndb",
            "new_master",
            "new_slave",
            "new_synced",
            "new_donor",
            "new_ndb");

    static MysqlMonSettings of(MysqlMonConfig config) {
        return new MysqlMonSettings(
                schedule(config),
                rules(config),
                (int) number("backend_connect_attempts", config.backend__connect__attempts(), MAX_ATTEMPTS),
                flag("detect_replication_lag", config.detect__replication__lag()),
                flag("mysql51_replication", config.mysql51__replication()));
    }

    private static MonitorSchedule schedule(MysqlMonConfig config) {
        if (config.user() == null || config.user().isBlank()) {
            throw new ConfigurationException(MysqlMonConfig.PID, "user", "", "the account for the monitor's questions");
        }
        Duration interval = read(
                "monitor_interval",
                config.monitor__interval(),
                text -> atLeast(text, Durations.parse(text, ChronoUnit.MILLIS), MonitorSchedule.MIN_INTERVAL));
        Duration read = timeout("backend_read_timeout", config.backend__read__timeout());
        Duration write = timeout("backend_write_timeout", config.backend__write__timeout());
        return new MonitorSchedule(
                Texts.list(config.servers()),
                config.user(),
                config.password(),
                interval,
                timeout("backend_connect_timeout", config.backend__connect__timeout()),
                read.compareTo(write) < 0 ? write : read,
                Texts.unquoted(config.script().strip()),
                read("events", config.events(), MysqlMonSettings::events));
    }

    private static TopologyRules rules(MysqlMonConfig config) {
        return new TopologyRules(
                flag("detect_stale_master", config.detect__stale__master()),
                flag("detect_stale_slave", config.detect__stale__slave()),
                flag("multimaster", config.multimaster()),
                flag("detect_standalone_master", config.detect__standalone__master()),
                (int) number("failcount", config.failcount(), Integer.MAX_VALUE),
                flag("allow_cluster_recovery", config.allow__cluster__recovery()),
                flag("ignore_external_masters", config.ignore__external__masters()));
    }

    private static List<String> events(String text) {
        List<String> words = Texts.list(text.toLowerCase(Locale.ROOT));
        for (String word : words) {
            if (!word.equals("all") && !EVENTS.contains(word)) {
                throw new ConfigurationException(
                        word,
                        "all or of "
                                + String.join(", ", EVENTS.stream().sorted().toList()));
            }
        }
        return words.contains("all") ? List.of() : words;
    }

    private static Duration timeout(String key, String value) {
        return read(key, value, text -> atLeast(text, Durations.parse(text, ChronoUnit.SECONDS), MIN_TIMEOUT));
    }

    private static Duration atLeast(String text, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new ConfigurationException(text, "at least " + Durations.format(least));
        }
        return value;
    }

    private static boolean flag(String key, String value) {
        return read(key, value, Texts::bool);
    }

    private static long number(String key, String value, int max) {
        return read(key, value, text -> Texts.integer(text, 1, max));
    }

    private static <T> T read(String key, String value, Function<String, T> format) {
        try {
            return format.apply(value);
        } catch (ConfigurationException e) {
            throw e.at(MysqlMonConfig.PID, key);
        }
    }
}
