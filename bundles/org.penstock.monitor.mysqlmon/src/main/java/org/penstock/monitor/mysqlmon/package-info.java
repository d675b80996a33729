/** The monitor of primaries and replicas: who replicates from whom, who accepts writes, and how far replicas are behind. */
@NullMarked
package org.penstock.monitor.mysqlmon;

import org.jspecify.annotations.NullMarked;
