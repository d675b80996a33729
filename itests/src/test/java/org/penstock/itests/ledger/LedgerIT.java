package org.penstock.itests.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas are killed, paused, lagged and restarted below clients that keep a ledger: nothing is lost, doubled or read that could not be. */
class LedgerIT {
    @TempDir
    Path temp;

    @Test
    void shouldKeepTheLedgerWhileReplicasComeAndGo() throws Exception {
        // One round of disturbances takes about a minute; itests/extra has more of them.
        LedgerMain.check(temp, LedgerScene.REPLICAS, 1, 1);
    }
}
