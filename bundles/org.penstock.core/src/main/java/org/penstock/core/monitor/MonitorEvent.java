package org.penstock.core.monitor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.penstock.api.server.ServerStatus;

/** What happened to a server between two ticks, by the words that scripts and the parameter {@code events} use. */
enum MonitorEvent {
    MASTER_UP,
    SLAVE_UP,
    SYNCED_UP,
    NDB_UP,
    SERVER_UP,
    MASTER_DOWN,
    SLAVE_DOWN,
    SYNCED_DOWN,
    NDB_DOWN,
    SERVER_DOWN,
    LOST_MASTER,
    LOST_SLAVE,
    LOST_SYNCED,
    LOST_NDB,
    NEW_MASTER,
    NEW_SLAVE,
    NEW_SYNCED,
    NEW_NDB;

    private static final int MASTER_OR_SLAVE = ServerStatus.mask(ServerStatus.MASTER, ServerStatus.SLAVE);
    private static final int ROLES = MASTER_OR_SLAVE | ServerStatus.mask(ServerStatus.SYNCED, ServerStatus.NDB);
    private static final int SEEN = ROLES | ServerStatus.RUNNING.bit();

    /** The word in configurations and scripts: {@code master_down}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The event of a change of status, or null when it is none: while in maintenance, or when only other bits changed. */
    static @Nullable MonitorEvent of(int before, int after) {
        if (((before ^ after) & SEEN) == 0 || ServerStatus.MAINTENANCE.in(before | after)) {
            return null;
        }
        if (!ServerStatus.RUNNING.in(before)) {
            return ServerStatus.RUNNING.in(after)
                    ? byRole(after, MASTER_UP, SLAVE_UP, SYNCED_UP, NDB_UP, SERVER_UP)
                    : null;
        }
        if (!ServerStatus.RUNNING.in(after)) {
            return byRole(before, MASTER_DOWN, SLAVE_DOWN, SYNCED_DOWN, NDB_DOWN, SERVER_DOWN);
        }
        return isLoss(before, after)
                ? byRole(before, LOST_MASTER, LOST_SLAVE, LOST_SYNCED, LOST_NDB, null)
                : byRole(after, NEW_MASTER, NEW_SLAVE, NEW_SYNCED, NEW_NDB, null);
    }

    /** Whether a server that keeps running lost its role, rather than changed it for another. */
    private static boolean isLoss(int before, int after) {
        int had = before & MASTER_OR_SLAVE;
        int has = after & MASTER_OR_SLAVE;
        return (before & ROLES) != 0 && ((had != 0 && has == 0) || had == has);
    }

    private static @Nullable MonitorEvent byRole(
            int mask,
            MonitorEvent master,
            MonitorEvent slave,
            MonitorEvent synced,
            MonitorEvent ndb,
            @Nullable MonitorEvent none) {
        if (ServerStatus.MASTER.in(mask)) {
            return master;
        }
        if (ServerStatus.SLAVE.in(mask)) {
            return slave;
        }
        if (ServerStatus.SYNCED.in(mask)) {
            return synced;
        }
        return ServerStatus.NDB.in(mask) ? ndb : none;
    }
}
