package org.penstock.core.session;

import org.penstock.core.session.state.Parameters;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.core.session.state.PreparedStatements;
import org.penstock.wire.ByteSource;

/** The parameter types in executions of prepared statements: a client sends them once, and each server that has not got them needs them in its first execution. */
final class ExecutionTypes {
    /** Bytes of an execution that are kept while the reply to its preparation, sent with it, is outstanding. */
    static final int MAX_DIRECT = 64 * 1024;

    private ExecutionTypes() {}

    /** Whether parameter types must be put into the command for that server. */
    static boolean missing(Undecided command, PreparedStatement statement, Link link) {
        int code = command.exchange().code;
        int parameters = statement.parameters();
        return Parameters.typed(code)
                && statement.types() != null
                && command.atHand() >= Parameters.typesAt(code, parameters)
                && !Parameters.follow(code, parameters, command.bytes(), command.at())
                && !statement.hasTypes(link);
    }

    /** An execution leaves for that server: notes its types, or its bytes until it is known how many parameters there are. */
    static void sent(Undecided command, PreparedStatement statement, Link link) {
        int code = command.exchange().code;
        ByteSource bytes = command.bytes();
        int at = command.at();
        if (statement.answered()) {
            take(code, statement, bytes, at, command.atHand(), link);
            return;
        }
        byte[] head = new byte[Math.min(command.atHand(), MAX_DIRECT)];
        for (int i = 0; i < head.length; i++) {
            head[i] = bytes.at(at + i);
        }
        statement.direct(head, link);
    }

    /** The number of parameters is known. */
    static void answered(PreparedStatement statement, int parameters) {
        statement.answered(parameters);
        byte[] head = statement.directHead();
        Object link = statement.directAt();
        if (head != null && link != null) {
            statement.direct(null, null);
            take(head[0] & 0xFF, statement, ByteSource.of(head), 0, head.length, link);
        }
    }

    private static void take(int code, PreparedStatement statement, ByteSource bytes, int at, int atHand, Object link) {
        int parameters = statement.parameters();
        int end = Parameters.typesAt(code, parameters) + 2 * parameters;
        if (atHand < end || !Parameters.follow(code, parameters, bytes, at)) {
            return;
        }
        byte[] known = statement.types();
        if (known != null && Parameters.same(known, code, parameters, bytes, at)) {
            statement.typesKnown(link);
        } else {
            statement.types(Parameters.types(code, parameters, bytes, at), link);
        }
    }

    /** A copy of a command for that server: with the id that it knows, and with types where it lacks them. */
    static byte[] translated(byte[] payload, PreparedStatement statement, Link link) {
        int code = payload[0] & 0xFF;
        byte[] copy = payload.clone();
        if (Parameters.typed(code)) {
            int parameters = statement.parameters();
            boolean shown = payload.length >= Parameters.typesAt(code, parameters);
            boolean follow = shown && Parameters.follow(code, parameters, ByteSource.of(payload), 0);
            byte[] types = statement.types();
            if (shown && !follow && types != null && !statement.hasTypes(link)) {
                copy = Parameters.insert(payload, parameters, types);
                follow = true;
            }
            if (follow) {
                take(code, statement, ByteSource.of(copy), 0, copy.length, link);
            }
        }
        PreparedStatement.Copy there = statement.at(link);
        Parameters.id(copy, there != null && there.known() ? there.serverId() : PreparedStatements.LAST);
        return copy;
    }

    /** A command with its types, as it can be repeated on any server, and the client's id. */
    static byte[] typed(byte[] payload, PreparedStatement statement) {
        int code = payload[0] & 0xFF;
        byte[] types = statement.types();
        int parameters = statement.parameters();
        boolean bare = Parameters.typed(code)
                && types != null
                && payload.length >= Parameters.typesAt(code, parameters)
                && !Parameters.follow(code, parameters, ByteSource.of(payload), 0);
        byte[] typed = bare && types != null ? Parameters.insert(payload, parameters, types) : payload.clone();
        Parameters.id(typed, statement.id());
        return typed;
    }
}
