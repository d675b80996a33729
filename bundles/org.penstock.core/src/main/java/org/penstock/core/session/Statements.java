package org.penstock.core.session;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.Types;
import org.penstock.core.session.state.CommandClasses;
import org.penstock.core.session.state.CurrentStatement;
import org.penstock.core.session.state.NamedStatements;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.core.session.state.ReadingChange;
import org.penstock.core.session.state.SessionDialect;
import org.penstock.core.session.state.StatementClass;
import org.penstock.core.session.state.StatementReader;
import org.penstock.sql.Dialect;
import org.penstock.sql.Structure;
import org.penstock.wire.CommandType;
import org.penstock.wire.packet.SessionChange;

/** Reads the statements of a session: what a command is, once, when somebody asks; in the dialect that the servers have confirmed. */
final class Statements {
    private static final int REMEMBERED = 16 * 1024;

    private final SessionMachine machine;
    private final SessionDialect dialect;
    private boolean serversKnown;
    private @Nullable Undecided routing;

    Statements(SessionMachine machine) {
        this.machine = machine;
        this.dialect = new SessionDialect(machine.state().charset());
    }

    /**
     * What a statement names.
     *
     * @param database the default database under which its names are read
     */
    record Named(Structure structure, @Nullable String database) {}

    /** The router is asked about a command. */
    void routing(Undecided command) {
        routing = command;
        Following following = machine.keeping().following();
        if (following != null) {
            following.routing();
        }
    }

    /** The router has decided about a command. */
    void routed(Undecided command) {
        Following following = machine.keeping().following();
        if (following != null) {
            following.routed(command);
        }
    }

    /** What a command is. */
    Statement of(Undecided command) {
        CurrentStatement statement = command.statement;
        if (!command.classified) {
            command.bound = null;
            classify(command, statement);
            command.classified = true;
        }
        return statement;
    }

    /** The connection that alone has what the command goes on with about which the router was asked last, or null. */
    @Nullable
    Link bound() {
        Undecided command = routing;
        return command == null ? null : command.bound;
    }

    private void classify(Undecided command, CurrentStatement statement) {
        int code = command.code();
        Following following = machine.keeping().following();
        if (CommandClasses.hasText(code)) {
            text(command, code, statement, following);
        } else if (CommandClasses.namesPrepared(code)) {
            prepared(command, code, statement, following);
        } else {
            statement.set(CommandClasses.of(code));
        }
        if (following != null) {
            statement.effect(following.resolved(statement.transactionEffect()));
        }
    }

    private void text(Undecided command, int code, CurrentStatement statement, @Nullable Following following) {
        StatementReader reader = machine.port().reader();
        int length = command.atHand();
        byte[] payload = bytes(command);
        Statement read = reader.classify(payload, length, command.whole(), dialect());
        statement.set(read);
        boolean prepares = code == CommandType.STMT_PREPARE;
        if (prepares) {
            command.prepares = StatementClass.prepared(read);
            statement.prepares();
        }
        if (following == null) {
            return;
        }
        if (statement.is(Types.EXEC_STMT) && !statement.has(Flags.DYNAMIC_TEXT | Flags.MULTI_STATEMENT)) {
            executes(
                    following
                            .named()
                            .get(reader.exactStructure(payload, length, dialect())
                                    .preparedName()),
                    statement,
                    following);
        } else if (reads(statement) && !following.temporary().isEmpty()) {
            Structure structure = reader.structure(payload, length, dialect());
            readsTables(statement, following.temporary().mayName(structure, database()), prepares);
        }
    }

    /** A statement that is prepared by name is executed. */
    private void executes(NamedStatements.@Nullable Named named, CurrentStatement statement, Following following) {
        int own = statement.types() & ~Types.EXEC_STMT;
        statement.set(named == null ? StatementClass.UNKNOWN : named.kind());
        statement.addTypes(own);
        if (named != null && reads(statement) && !following.temporary().isEmpty()) {
            readsTables(statement, following.temporary().mayName(named.structure(), named.database()), false);
        }
    }

    private void prepared(Undecided command, int code, CurrentStatement statement, @Nullable Following following) {
        PreparedStatement about =
                following == null ? null : machine.keeping().ids().of(command);
        boolean runs =
                code != CommandType.STMT_FETCH && code != CommandType.STMT_RESET && code != CommandType.STMT_CLOSE;
        StatementClass kind = about == null ? null : about.kind();
        statement.set(runs ? kind == null ? StatementClass.UNKNOWN : kind : CommandClasses.of(code));
        command.bound = StatementIds.boundTo(about);
        if (!runs || about == null || following == null) {
            return;
        }
        if (command.bound != null) {
            statement.addFlags(Flags.GOES_ON);
        } else if (reads(statement) && !following.temporary().isEmpty()) {
            byte[] payload = about.payload();
            boolean mayName = payload.length == 0
                    || following
                            .temporary()
                            .mayName(
                                    machine.port().reader().exactStructure(payload, payload.length, dialect()),
                                    about.database());
            readsTables(statement, mayName, false);
        }
    }

    private static boolean reads(Statement statement) {
        return statement.is(Types.READ) && !statement.is(Types.WRITE | Types.MASTER_READ);
    }

    /** A statement that reads a temporary table is for the server that has it, and is prepared there alone. */
    private static void readsTables(CurrentStatement statement, boolean temporary, boolean prepares) {
        if (temporary) {
            statement.addTypes(Types.MASTER_READ);
            if (prepares) {
                statement.removeTypes(Types.PREPARE_STMT);
            }
        }
    }

    private @Nullable String database() {
        return machine.state().database();
    }

    private byte[] bytes(Undecided command) {
        int length = command.atHand();
        byte[] payload = machine.port().reader().buffer(length);
        command.copy(payload, length);
        return payload;
    }

    /** How statements of this session are to be read now. */
    Dialect dialect() {
        if (!serversKnown) {
            serversKnown = true;
            dialect.servers(
                    machine.servers().stream().map(server -> server.version()).toList());
        }
        dialect.status(machine.state().serverStatus());
        return dialect.get();
    }

    /** The character set in which the client's statements are, or null where it is not known. */
    @Nullable
    Charset charset() {
        return dialect.charset();
    }

    /** The dialect in words. */
    String described() {
        dialect();
        return dialect.toString();
    }

    /** A server was connected: its version may be news. */
    void connected() {
        serversKnown = false;
    }

    /** The session begins anew at its servers. */
    void reset() {
        dialect.reset(machine.state().charset());
    }

    // -- a closer look at what is being sent

    /** What a command names, or what the prepared statement names that it executes; null where it cannot be had. */
    @Nullable
    Named names(Undecided command) {
        StatementReader reader = machine.port().reader();
        if (command.code() == CommandType.QUERY) {
            int length = command.atHand();
            byte[] payload = bytes(command);
            Structure structure = reader.exactStructure(payload, length, dialect());
            Following following = machine.keeping().following();
            NamedStatements.Named named =
                    following == null ? null : following.named().get(structure.preparedName());
            return named == null ? new Named(structure, database()) : new Named(named.structure(), named.database());
        }
        PreparedStatement about = machine.keeping().ids().of(command);
        return about == null || about.payload().length == 0
                ? null
                : new Named(
                        reader.exactStructure(about.payload(), about.payload().length, dialect()), about.database());
    }

    /** Whether the text of a command has that word of upper case letters in it somewhere. */
    boolean contains(Undecided command, String word) {
        PreparedStatement about = machine.keeping().ids().of(command);
        byte[] payload = about == null ? bytes(command) : about.payload();
        int length = about == null ? command.atHand() : payload.length;
        return new String(payload, 0, length, StandardCharsets.ISO_8859_1)
                .toUpperCase(java.util.Locale.ROOT)
                .contains(word);
    }

    /** What a SET makes of the dialect. */
    ReadingChange reading(Undecided command) {
        PreparedStatement about = machine.keeping().ids().of(command);
        return about == null
                ? ReadingChange.of(bytes(command), command.atHand())
                : ReadingChange.of(about.payload(), about.payload().length);
    }

    /** Notes the name that a PREPARE or DEALLOCATE is about, and what a PREPARE prepares. */
    void name(Undecided command, Sent sent, NamedStatements named) {
        StatementReader reader = machine.port().reader();
        Structure structure = reader.exactStructure(bytes(command), command.atHand(), dialect());
        String name = structure.preparedName();
        if (name == null) {
            named.clear();
            return;
        }
        sent.named = name;
        if (!sent.statement.is(Types.PREPARE_NAMED_STMT)) {
            return;
        }
        String text = structure.preparedText();
        if (text == null || text.length() > REMEMBERED || !dialect.plain()) {
            named.prepared(name, null);
            return;
        }
        byte[] payload = ("\u0003" + text).getBytes(StandardCharsets.UTF_8);
        StatementClass kind = StatementClass.of(reader.classify(payload, payload.length, true, dialect()));
        named.prepared(
                name,
                new NamedStatements.Named(kind, reader.exactStructure(payload, payload.length, dialect()), database()));
    }

    /** Takes over what a command that succeeded made of the dialect and the default database; false where that is not known. */
    boolean changed(Sent sent) {
        String mode = null;
        String charset = null;
        List<SessionChange> changes = sent.changes;
        for (int i = 0; changes != null && i < changes.size(); i++) {
            SessionChange change = changes.get(i);
            if (change.type() == SessionChange.SCHEMA) {
                machine.state().database(change.value());
            } else if (change.name().equalsIgnoreCase("sql_mode")) {
                mode = change.value();
            } else if (change.name().equalsIgnoreCase("character_set_client")) {
                charset = change.value();
            }
        }
        ReadingChange said = sent.reading;
        boolean known = !sent.databaseThereOnly;
        if (said != null && said.setsCharset() && charset == null) {
            charset = said.charset();
            known = charset != null;
        }
        if (said != null && said.setsMode() && mode == null && !dialect.modeInStatus()) {
            mode = said.mode();
            known &= mode != null;
        }
        if (charset != null) {
            dialect.charset(charset);
        }
        if (mode != null) {
            dialect.sqlMode(mode);
        }
        return known;
    }
}
