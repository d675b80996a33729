package org.penstock.core.session;

import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.Types;
import org.penstock.core.session.state.TemporaryTables;

/** Follows what statements do to the temporary tables of their session. */
final class TableFollowing {
    private final SessionMachine machine;
    private final TemporaryTables temporary = new TemporaryTables();

    TableFollowing(SessionMachine machine) {
        this.machine = machine;
    }

    TemporaryTables temporary() {
        return temporary;
    }

    /** A command leaves for a server; false when it may do what cannot be followed. */
    boolean sent(Undecided command, Sent sent, Link link) {
        Statement statement = sent.statement;
        boolean creates = statement.is(Types.CREATE_TMP_TABLE)
                || (statement.has(Flags.TEMPORARY) && statement.operation() == Operation.CREATE);
        boolean drops = !temporary.isEmpty() && statement.operation() == Operation.DROP_TABLE;
        boolean alters = !temporary.isEmpty() && !creates && !drops && renames(statement);
        if (!creates && !drops && !alters) {
            return true;
        }
        Statements.Named named = machine.statements().names(command);
        sent.names = named;
        if (named == null) {
            return false;
        }
        if (creates) {
            String key = TemporaryTables.key(named.structure(), named.database());
            boolean known = key != null && temporary.fits(key);
            sent.makes = known ? key : null;
            sent.created = known && key != null && temporary.add(key, link) ? key : null;
            return known;
        }
        return !alters
                || !temporary.mayName(named.structure(), named.database())
                || !machine.statements().contains(command, "RENAME");
    }

    private static boolean renames(Statement statement) {
        return statement.is(Types.WRITE)
                && (statement.operation() == Operation.ALTER_TABLE
                        || statement.operation() == Operation.ALTER
                        || statement.operation() == Operation.UNDEFINED);
    }

    void succeeded(Sent sent) {
        Statements.Named names = sent.names;
        if (sent.statement.operation() == Operation.DROP_TABLE && names != null) {
            temporary.dropped(names.structure(), names.database());
        }
    }

    void failed(Sent sent) {
        String key = sent.created;
        if (key != null) {
            temporary.remove(key);
        }
    }

    /** A command in flight makes its table, though one before it that failed, or dropped it, did away with that. */
    void again(Sent sent, Link link) {
        String key = sent.makes;
        if (key != null && temporary.fits(key) && temporary.add(key, link)) {
            sent.created = key;
        }
    }

    /** A connection is gone. Tables that it had are still known: reads of them are for the primary, which says that they are gone, and no other server gets them. */
    void lost(Link link) {
        if (temporary.holder() == link) {
            temporary.lost();
        }
    }
}
