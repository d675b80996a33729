package org.penstock.core.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.statement.Placement;
import org.penstock.core.session.state.History;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.sql.SessionEffect;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands for all servers: the others than the answering one get a copy, and are given up when they answer otherwise; what succeeded, and belongs at all of them,
 * enters the history.
 * A connection that is not ready yet gets the command from there.
 */
final class FanOut {
    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);

    private final SessionMachine machine;
    private final List<Round> inFlight = new ArrayList<>(1);

    FanOut(SessionMachine machine) {
        this.machine = machine;
    }

    /** One command at all servers: how the answering one took it, and how those that were faster did. */
    static final class Round {
        private final byte[] payload;
        private final @Nullable PreparedStatement statement;
        private final SessionEffect effect;
        private final List<Link> early = new ArrayList<>(2);
        private final List<Integer> errors = new ArrayList<>(2);
        private boolean answered;
        private int error;

        private Round(byte[] payload, @Nullable PreparedStatement statement, SessionEffect effect) {
            this.payload = payload;
            this.statement = statement;
            this.effect = effect;
        }
    }

    /** Whether a command for all servers has not been answered yet. */
    boolean inFlight() {
        return !inFlight.isEmpty();
    }

    /** Whether one of them is about that statement. */
    boolean concerns(PreparedStatement statement) {
        for (int i = 0; i < inFlight.size(); i++) {
            if (inFlight.get(i).statement == statement) {
                return true;
            }
        }
        return false;
    }

    /** Sends a copy to every server but the one that answers; the statement is the one that the command prepares or is about, or null. */
    void send(Link answering, Exchange exchange, byte[] payload, @Nullable PreparedStatement statement) {
        boolean replies = CommandType.hasReply(exchange.code);
        Round round = null;
        if (replies) {
            round = new Round(payload, statement, effect(exchange.code, payload, statement));
            exchange.round = round;
            inFlight.add(round);
        } else if (machine.keeping().history() != null) {
            // it is a part of an execution that is not repeated without it
            machine.keeping().history().broken();
        }
        byte[] framed =
                statement == null || exchange.code == CommandType.STMT_PREPARE ? PacketWriter.frame(0, payload) : null;
        for (Link link : machine.links().all()) {
            if (link == answering || !link.ready() || link.leaving()) {
                continue;
            }
            byte[] sent = framed;
            if (sent == null && statement != null) {
                sent = PacketWriter.frame(0, ExecutionTypes.translated(payload, statement, link));
            }
            if (round != null) {
                await(link, exchange, round, statement);
            }
            machine.port().toServer(link, new ArrayBytes(sent == null ? new byte[0] : sent));
        }
    }

    private void await(Link link, Exchange exchange, Round round, @Nullable PreparedStatement statement) {
        Exchange silent = machine.exchanges().acquire(exchange.number, exchange.code);
        silent.owner = Exchange.Owner.NOBODY;
        silent.round = round;
        if (silent.code == CommandType.STMT_PREPARE && statement != null) {
            silent.statement = statement;
            machine.keeping().ids().preparations().asked(statement, link);
        } else if (silent.code == CommandType.STMT_EXECUTE) {
            silent.statement = statement;
        }
        link.silent += silent.code == CommandType.QUERY ? 1 : 0;
        machine.replies().await(link, silent);
    }

    /** The reply that counts has ended. */
    void answered(Exchange exchange) {
        Round round = exchange.round;
        if (round == null) {
            return;
        }
        inFlight.remove(round);
        round.answered = true;
        round.error = exchange.error;
        for (int i = 0; i < round.early.size(); i++) {
            compare(round, round.early.get(i), round.errors.get(i), exchange.code);
        }
        if (exchange.error == 0
                && exchange.code != CommandType.RESET_CONNECTION
                && exchange.sent().statement.placement() == Placement.ALL) {
            PreparedStatement about = round.statement;
            boolean executes = about != null && CommandType.usesStatement(exchange.code);
            byte[] kept = executes && about != null ? ExecutionTypes.typed(round.payload, about) : round.payload;
            machine.keeping().remember(exchange, kept, about, round.effect);
        }
        closedMeanwhile(round);
    }

    private void closedMeanwhile(Round round) {
        PreparedStatement about = round.statement;
        if (about != null && about.closed()) {
            machine.keeping().ids().forget(about);
        }
    }

    private SessionEffect effect(int code, byte[] payload, @Nullable PreparedStatement statement) {
        if (machine.keeping().history() == null) {
            return SessionEffect.UNKNOWN;
        }
        if (code == CommandType.QUERY || code == CommandType.STMT_PREPARE) {
            SessionEffect effect =
                    machine.port().reader().effect(payload, machine.statements().dialect());
            if (statement != null) {
                statement.effect(effect);
            }
            return effect;
        }
        return statement == null ? SessionEffect.UNKNOWN : statement.effect();
    }

    /** A reply that nobody waits for has ended. */
    void ended(Link link, Exchange exchange) {
        Round round = exchange.round;
        if (round == null) {
            return;
        }
        if (round.answered) {
            compare(round, link, exchange.error, exchange.code);
        } else {
            round.early.add(link);
            round.errors.add(exchange.error);
        }
    }

    private void compare(Round round, Link link, int error, int code) {
        if ((round.error == 0) == (error == 0) || link.state() == Link.State.CLOSED) {
            return;
        }
        String said = error == 0 ? "success" : "error " + error;
        String instead = round.error == 0 ? "success" : "error " + round.error;
        LOG.atInfo()
                .addKeyValue("session", machine.state().id())
                .addKeyValue("server", link.server().name())
                .log("a {} for all servers gave {} instead of {}; disconnected", CommandType.name(code), said, instead);
        machine.links()
                .doom(
                        link,
                        SqlError.general("server '" + link.server().name()
                                + "' answered a command for all servers with " + said + " instead of " + instead));
    }

    /**
     * The server whose reply counts is gone: the client takes the command for failed, so where it was done, or may have been, the state is not the session's
     * any more.
     */
    void lost(Exchange exchange) {
        Round round = exchange.round;
        if (round == null) {
            return;
        }
        exchange.round = null;
        inFlight.remove(round);
        closedMeanwhile(round);
        if (!machine.keeping().services().statements() || !History.changes(exchange.code)) {
            // where the core knows nothing of a session's state, only its router can say what such a connection is
            // worth
            return;
        }
        for (Link link : machine.links().all()) {
            int place = round.early.indexOf(link);
            if (place < 0 ? awaits(link, round) : round.errors.get(place) == 0) {
                machine.links()
                        .doom(
                                link,
                                SqlError.general("server '" + link.server().name()
                                        + "' may have done a command for all servers that counts as failed"));
            }
        }
    }

    private static boolean awaits(Link link, Round round) {
        for (Exchange expected : link.expected()) {
            if (expected.round == round) {
                return true;
            }
        }
        return false;
    }
}
