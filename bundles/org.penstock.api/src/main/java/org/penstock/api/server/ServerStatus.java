package org.penstock.api.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Status bits of a server, in the order in which they are printed, with the words that operators know. */
public enum ServerStatus {
    /** Set by an operator: no new use. */
    MAINTENANCE(0, "Maintenance"),
    MASTER(1, "Master"),
    RELAY_MASTER(2, "Relay Master"),
    SLAVE(3, "Slave"),
    SYNCED(4, "Synced"),
    NDB(5, "NDB"),
    SLAVE_OF_EXTERNAL_MASTER(6, "Slave of External Server"),
    /** Kept its role although replication is gone. */
    STALE(7, "Stale Status"),
    MASTER_STICKINESS(8, "Master Stickiness"),
    AUTH_ERROR(9, "Auth Error"),
    RUNNING(10, "Running"),
    /** Set by an operator: no new connections; those that are there stay in use. */
    DRAINING(11, "Draining");

    private final int bit;
    private final String text;

    ServerStatus(int shift, String text) {
        this.bit = 1 << shift;
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** This status as a bit of a mask. */
    public int bit() {
        return bit;
    }

    public boolean in(int mask) {
        return (mask & bit()) != 0;
    }

    public static int mask(ServerStatus... statuses) {
        int mask = 0;
        for (ServerStatus status : statuses) {
            mask |= status.bit();
        }
        return mask;
    }

    /** The mask in words, comma separated; ends in {@code Running} or {@code Down}. */
    public static String describe(int mask) {
        List<String> words = new ArrayList<>();
        for (ServerStatus status : values()) {
            if (status != RUNNING && status.in(mask)) {
                words.add(status.text);
            }
        }
        words.add(RUNNING.in(mask) ? RUNNING.text : "Down");
        return String.join(", ", words);
    }

    /**
     * The status that an operator names: {@code master}, {@code slave}, {@code running}, {@code synced}, {@code ndb}, {@code maintenance} or {@code maint},
     * {@code drain} or {@code draining}, {@code stale}.
     *
     * @throws IllegalArgumentException for another word
     */
    public static ServerStatus named(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "master" -> MASTER;
            case "slave" -> SLAVE;
            case "running" -> RUNNING;
            case "synced" -> SYNCED;
            case "ndb" -> NDB;
            case "maintenance", "maint" -> MAINTENANCE;
            case "drain", "draining" -> DRAINING;
            case "stale" -> STALE;
            default ->
                throw new IllegalArgumentException(
                        "server status: expected master, slave, synced, ndb, running, maintenance, draining or stale, got '"
                                + word + "'");
        };
    }
}
