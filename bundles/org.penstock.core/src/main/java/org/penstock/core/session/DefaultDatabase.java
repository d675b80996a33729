package org.penstock.core.session;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Statement;
import org.penstock.core.session.state.StatementReader;
import org.penstock.sql.ClientCharset;
import org.penstock.sql.Structure;
import org.penstock.wire.CommandType;

/**
 * The default database that a command sets: by COM_INIT_DB or by USE, in whatever form the server reads it, prepared or not. Its name is the one that the server
 * reports, else that of the text; where neither says it, it is not known.
 */
final class DefaultDatabase {
    /** Longest command that is brought as a whole for its sake. */
    static final int MAX_LENGTH = 1024;

    private final SessionMachine machine;

    DefaultDatabase(SessionMachine machine) {
        this.machine = machine;
    }

    /** Notes what a command that leaves for a server sets. */
    void sent(Undecided command, Exchange exchange) {
        int code = exchange.code;
        if (code == CommandType.INIT_DB) {
            exchange.uses = true;
            exchange.database = initDb(command);
            return;
        }
        boolean text = code == CommandType.QUERY;
        if (!text && code != CommandType.STMT_EXECUTE) {
            return;
        }
        boolean looked = machine.keeping().following() != null || (text && mayUse(command));
        if (!looked) {
            return;
        }
        Statement statement = machine.statements().of(command);
        boolean changes = statement.operation() == Operation.CHANGE_DB;
        if (changes || statement.has(Flags.MULTI_STATEMENT)) {
            exchange.database = named(command);
            exchange.uses = changes || exchange.database != null;
        }
    }

    /** Whether a text begins with USE, or with something that it may stand behind. */
    private static boolean mayUse(Undecided command) {
        if (!command.whole() || command.length() > MAX_LENGTH) {
            return false;
        }
        Bytes bytes = command.bytes();
        int at = command.at() + 1;
        int end = command.at() + command.atHand();
        while (at < end && bytes.unsignedAt(at) <= ' ') {
            at++;
        }
        if (at + 3 >= end) {
            return false;
        }
        int first = bytes.unsignedAt(at);
        boolean use = (first | 0x20) == 'u' && (bytes.at(at + 1) | 0x20) == 's' && (bytes.at(at + 2) | 0x20) == 'e';
        return use || first == '/' || first == '-' || first == '#' || first == ';';
    }

    private @Nullable String initDb(Undecided command) {
        if (!command.whole()) {
            return null;
        }
        byte[] payload = command.payload();
        Charset charset = plain(payload)
                ? StandardCharsets.US_ASCII
                : machine.statements().charset();
        return charset == null ? null : new String(payload, 1, payload.length - 1, charset);
    }

    private static boolean plain(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String named(Undecided command) {
        Statements.Named names = machine.statements().names(command);
        Structure structure = names == null ? null : names.structure();
        String name = structure == null ? null : structure.usedDatabase();
        return name == null || name.chars().allMatch(c -> c < 0x80) ? name : decoded(command, name);
    }

    /** The name that was taken for UTF-8, in the client's character set. */
    private @Nullable String decoded(Undecided command, String name) {
        Charset charset = machine.statements().charset();
        if (StandardCharsets.UTF_8.equals(charset)) {
            return name.indexOf('\uFFFD') < 0 ? name : null;
        }
        if (charset == null || command.code() != CommandType.QUERY) {
            return null;
        }
        byte[] utf8 = new String(command.payload(), charset).getBytes(StandardCharsets.UTF_8);
        StatementReader reader = machine.port().reader();
        return reader.exactStructure(
                        utf8, utf8.length, machine.statements().dialect().withCharset(ClientCharset.ASCII_BASED))
                .usedDatabase();
    }

    /** A command has ended: takes over what it set. */
    void ended(Exchange exchange) {
        if (exchange.error != 0) {
            return;
        }
        String reported = exchange.followed ? exchange.sent().schema() : null;
        if (reported != null) {
            exchange.database = reported;
            exchange.uses = true;
        }
        String database = exchange.database;
        if (exchange.followed && exchange.uses) {
            boolean there = !exchange.sent().toAll && (reported == null || isAnother(reported));
            exchange.sent().databaseThereOnly = database == null || there;
        }
        if (database != null) {
            machine.state().database(database);
        }
    }

    /** Whether a server is in a database now in which the session was not; after a routine of another one it is in its own again, and says so. */
    private boolean isAnother(String reported) {
        String known = machine.state().database();
        return !reported.equals(known == null ? "" : known);
    }
}
