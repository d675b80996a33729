package org.penstock.itests.ledger;

import org.penstock.servers.EmbeddedCluster;
import org.penstock.servers.EmbeddedServer;

/** What happens to the primary: it is killed and started again, paused, and its role moves to another server and back. */
final class PrimaryDisturbance implements Disturbance {
    private final EmbeddedCluster cluster;

    PrimaryDisturbance(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void run(long deadline) throws Exception {
        EmbeddedServer primary = cluster.primary();
        EmbeddedServer other = cluster.replicas().get(0);
        EmbeddedServer third = cluster.replicas().get(1);
        for (int round = 0; round == 0 || System.nanoTime() < deadline; round++) {
            Disturbance.killed(primary);
            Disturbance.paused(primary);
            switchOver(primary, other, third);
            switchOver(other, primary, third);
        }
        cluster.awaitReplicas();
    }

    /** In order: nothing that was committed is left behind. */
    private static void switchOver(EmbeddedServer from, EmbeddedServer to, EmbeddedServer third)
            throws InterruptedException {
        from.execute("SET GLOBAL read_only = ON");
        String position = from.execute("SELECT @@gtid_binlog_pos");
        for (EmbeddedServer replica : new EmbeddedServer[] {to, third}) {
            String reached = replica.execute("SELECT MASTER_GTID_WAIT('" + position + "', 30)");
            if (!reached.equals("0")) {
                throw new IllegalStateException(replica.name() + " did not reach " + position);
            }
        }
        to.promote();
        from.replicateFrom(to);
        third.replicateFrom(to);
        Disturbance.rest();
        Disturbance.rest();
    }
}
