package org.penstock.benchmarks.macro.targets;

import java.util.EnumSet;
import java.util.Locale;
import org.penstock.benchmarks.macro.load.Workload;

/** The targets that the benchmark brings along, in the order of their turns. */
public enum Kind {
    /** The primary without a proxy. */
    DIRECT,

    /** haproxy in TCP mode. */
    HAPROXY,

    /** A bare Netty relay, which reads no protocol. */
    RELAY,

    /** Penstock, connection routing. */
    READCONNROUTE,

    /** Penstock, statement routing over all servers. */
    READWRITESPLIT,

    /** readconnroute with one hintfilter. */
    FILTER1,

    /** readconnroute with two hintfilters. */
    FILTER2,

    /** readconnroute with kept server connections. */
    POOL;

    /** The word for it in options and results. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a service of Penstock. */
    public boolean isPenstock() {
        return EnumSet.range(READCONNROUTE, POOL).contains(this);
    }

    /** Whether its process is a JVM, which needs a warm-up and can be asked for what it allocates. */
    public boolean isJvm() {
        return isPenstock() || this == RELAY;
    }

    /** Whether it takes part in a workload that nobody has chosen it for: filters are about statements, the pool about connects. */
    public boolean measures(Workload workload) {
        return switch (this) {
            case FILTER1, FILTER2 -> workload.isPointSelect();
            case POOL -> workload == Workload.CONNECT;
            default -> true;
        };
    }
}
