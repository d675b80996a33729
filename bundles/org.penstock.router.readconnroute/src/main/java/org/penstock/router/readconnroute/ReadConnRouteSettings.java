package org.penstock.router.readconnroute;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.value.ConfigurationException;
import org.penstock.api.value.Durations;
import org.penstock.api.value.Texts;

/**
 * The checked parameters of one instance.
 *
 * @param roles mask of the wanted {@link ServerStatus} bits
 * @param weightBy name of the server parameter with the weights, empty for none
 * @param masterAcceptReads whether the primary may be chosen where it was not asked for
 * @param maxReplicationLag replicas further behind are not chosen; zero ignores the lag
 */
record ReadConnRouteSettings(int roles, String weightBy, boolean masterAcceptReads, Duration maxReplicationLag) {
    private static final List<ServerStatus> ROLES = List.of(
            ServerStatus.MASTER, ServerStatus.SLAVE, ServerStatus.SYNCED, ServerStatus.NDB, ServerStatus.RUNNING);

    ReadConnRouteSettings {
        if (maxReplicationLag.isNegative()) {
            throw new ConfigurationException(
                    ReadConnRouteConfig.PID, "max_replication_lag", Durations.format(maxReplicationLag), "0s or more");
        }
    }

    static ReadConnRouteSettings of(ReadConnRouteConfig config) {
        return new ReadConnRouteSettings(
                read("router_options", config.router__options(), text -> roles(Texts.list(text))),
                config.weightby().strip(),
                read("master_accept_reads", config.master__accept__reads(), Texts::bool),
                read(
                        "max_replication_lag",
                        config.max__replication__lag(),
                        text -> Durations.parse(text, ChronoUnit.SECONDS)));
    }

    /** The mask of a list of role words; no word at all means running. */
    static int roles(List<String> words) {
        int mask = 0;
        for (String word : words) {
            mask |= role(word).bit();
        }
        return mask == 0 ? ServerStatus.RUNNING.bit() : mask;
    }

    private static <T> T read(String key, String value, Function<String, T> format) {
        try {
            return format.apply(value);
        } catch (ConfigurationException e) {
            throw e.at(ReadConnRouteConfig.PID, key);
        }
    }

    boolean wants(ServerStatus role) {
        return role.in(roles);
    }

    /** Whether sessions must have the root primary and nothing else. */
    boolean masterOnly() {
        return roles == ServerStatus.MASTER.bit();
    }

    /** The wanted roles as the user writes them. */
    String rolesText() {
        return ROLES.stream()
                .filter(this::wants)
                .map(ReadConnRouteSettings::word)
                .collect(Collectors.joining(","));
    }

    private static ServerStatus role(String word) {
        for (ServerStatus role : ROLES) {
            if (word(role).equals(word.toLowerCase(Locale.ROOT))) {
                return role;
            }
        }
        throw new ConfigurationException(word, "master, slave, synced, ndb or running");
    }

    private static String word(ServerStatus role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
