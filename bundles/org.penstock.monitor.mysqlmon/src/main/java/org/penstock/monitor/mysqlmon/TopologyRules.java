package org.penstock.monitor.mysqlmon;

/**
 * The settings by which answers become roles.
 *
 * @param staleMaster whether the primary keeps its role when its replicas are gone
 * @param staleSlave whether replicas keep their role while the primary is down
 * @param multimaster whether servers that replicate in a circle are all primaries
 * @param standalone whether the only survivor becomes the primary
 * @param failcount ticks without an answer after which a server counts as failed for {@code standalone}
 * @param allowRecovery whether failed servers may come back after {@code standalone}; else they go to maintenance
 * @param ignoreExternal whether a primary that replicates from outside is shown as a primary only
 */
record TopologyRules(
        boolean staleMaster,
        boolean staleSlave,
        boolean multimaster,
        boolean standalone,
        int failcount,
        boolean allowRecovery,
        boolean ignoreExternal) {
    TopologyRules {
        if (failcount < 1) {
            throw new IllegalArgumentException("failcount: expected 1 or more, got " + failcount);
        }
    }
}
