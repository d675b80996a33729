package org.penstock.core.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Statement;
import org.penstock.core.session.state.CurrentStatement;
import org.penstock.core.session.state.ReadingChange;
import org.penstock.wire.packet.SessionChange;

/** What a command in flight is and what it has done to what is known of its session, to be undone when it fails. Reused with its exchange. */
final class Sent {
    final CurrentStatement statement = new CurrentStatement();
    int code;
    boolean toAll;

    /** What was known of the transaction before, and the connection that it was begun on. */
    int transaction;

    @Nullable
    Link begunOn;

    /** The reason that it added, or NONE. */
    Pin pinned = Pin.NONE;

    /** What a statement about tables names, where temporary ones may be among them. */
    Statements.@Nullable Named names;

    /** The temporary table that it makes, whether there was one of that name or not. */
    @Nullable
    String makes;

    /** The temporary table that it makes, as {@link org.penstock.core.session.state.TemporaryTables} knows it, where there was none of that name. */
    @Nullable
    String created;

    /** The name that a PREPARE or DEALLOCATE is about. */
    @Nullable
    String named;

    @Nullable
    ReadingChange reading;

    /** What the server reported as changed. */
    @Nullable
    List<SessionChange> changes;

    /** Whether the default database is another one where it was executed than elsewhere, or not known. */
    boolean databaseThereOnly;

    void begin(int commandCode, Statement is, boolean all) {
        statement.set(is);
        code = commandCode;
        toAll = all;
        pinned = Pin.NONE;
        names = null;
        makes = null;
        created = null;
        named = null;
        reading = null;
        changes = null;
        databaseThereOnly = false;
    }

    /** The transaction that it found. */
    void found(int saved, @Nullable Link on) {
        transaction = saved;
        begunOn = on;
    }

    void changed(List<SessionChange> reported) {
        List<SessionChange> known = changes;
        if (known == null) {
            known = new ArrayList<>();
            changes = known;
        }
        known.addAll(reported);
    }

    /** The default database that the server reported last, or null. */
    @Nullable
    String schema() {
        List<SessionChange> reported = changes;
        String schema = null;
        for (int i = 0; reported != null && i < reported.size(); i++) {
            SessionChange change = reported.get(i);
            schema = change.type() == SessionChange.SCHEMA ? change.value() : schema;
        }
        return schema;
    }
}
