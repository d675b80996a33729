package org.penstock.itests.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers are killed, paused, lagged, restarted and switched over below clients that keep a ledger: nothing is lost, doubled or read that could not be. */
class LedgerIT {
    @TempDir
    Path temp;

    @Test
    void shouldKeepTheLedgerWhileReplicasComeAndGo() throws Exception {
        // One round of disturbances takes about a minute; itests/extra has more of them.
        LedgerMain.check(temp, LedgerScene.REPLICAS, 1, 1);
    }

    @Test
    void shouldKeepTheLedgerWhileThePrimaryIsLostAndMoves() throws Exception {
        LedgerMain.check(temp, LedgerScene.PRIMARY, 1, 1);
    }
}
