package org.penstock.core.session;

import org.penstock.api.statement.Statement;
import org.penstock.core.session.state.CommandClasses;
import org.penstock.core.session.state.CurrentStatement;
import org.penstock.core.session.state.SessionDialect;
import org.penstock.core.session.state.StatementClass;
import org.penstock.core.session.state.StatementReader;
import org.penstock.sql.Dialect;

/** What the session knows of its statements: classifies the command that is being decided, once, when somebody asks. */
final class Statements {
    private final SessionMachine machine;
    private final SessionDialect dialect;
    private boolean serversKnown;

    Statements(SessionMachine machine) {
        this.machine = machine;
        this.dialect = new SessionDialect(machine.state().charset());
    }

    /** What a command is. */
    Statement of(Undecided command) {
        CurrentStatement statement = command.statement;
        if (!command.classified) {
            classify(command, statement);
            command.classified = true;
        }
        return statement;
    }

    private void classify(Undecided command, CurrentStatement statement) {
        int code = command.code();
        if (!CommandClasses.hasText(code)) {
            statement.set(CommandClasses.namesPrepared(code) ? StatementClass.UNKNOWN : CommandClasses.of(code));
            return;
        }
        StatementReader reader = machine.port().reader();
        int length = command.available();
        byte[] payload = reader.buffer(length);
        command.copy(payload, length);
        statement.set(reader.classify(payload, length, command.whole(), dialect()));
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

    /** A server was connected: its version may be news. */
    void connected() {
        serversKnown = false;
    }
}
