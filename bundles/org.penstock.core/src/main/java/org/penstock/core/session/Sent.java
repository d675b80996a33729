package org.penstock.core.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Statement;
import org.penstock.core.session.state.CurrentStatement;
import org.penstock.core.session.state.ReadingChange;
import org.penstock.sql.Structure;
import org.penstock.wire.packet.SessionChange;

/** What a command in flight is and what it has done to what is known of its session, to be undone when it fails. Reused with its exchange. */
final class Sent {
    final CurrentStatement statement = new CurrentStatement();
    int code;
    boolean toAll;

    /** What was known of the transaction before. */
    int transaction;

    /** The reason that it added, or NONE. */
    Pin pinned = Pin.NONE;

    /** What a statement about tables names, where temporary ones may be among them. */
    @Nullable
    Structure structure;

    @Nullable
    String database;

    /** The name that a PREPARE or DEALLOCATE is about. */
    @Nullable
    String named;

    @Nullable
    ReadingChange reading;

    /** What the server reported as changed. */
    @Nullable
    List<SessionChange> changes;

    void begin(int commandCode, Statement is, boolean all, int saved) {
        statement.set(is);
        code = commandCode;
        toAll = all;
        transaction = saved;
        pinned = Pin.NONE;
        structure = null;
        database = null;
        named = null;
        reading = null;
        changes = null;
    }

    void changed(List<SessionChange> reported) {
        List<SessionChange> known = changes;
        if (known == null) {
            known = new ArrayList<>();
            changes = known;
        }
        known.addAll(reported);
    }
}
