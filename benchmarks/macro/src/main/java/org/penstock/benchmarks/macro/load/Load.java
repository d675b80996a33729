package org.penstock.benchmarks.macro.load;

import org.penstock.benchmarks.macro.client.Endpoint;

/** A load generator; it runs as a process of its own. */
public interface Load {
    /** Its name and version. */
    String name();

    /** Drives a workload against an address for some seconds. */
    LoadResult run(Endpoint address, Row row, int seconds);
}
