package org.penstock.core.session;

import org.penstock.api.command.Answer;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.RouterSession;
import org.penstock.wire.CodecException;
import org.penstock.wire.CommandType;
import org.penstock.wire.ErrorCodes;
import org.penstock.wire.reply.ReplyEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows when a reply has ended, was made here, or cannot be understood. */
final class ReplyEnds {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyEnds.class);

    private final SessionMachine machine;

    ReplyEnds(SessionMachine machine) {
        this.machine = machine;
    }

    /** A reply has passed with its last byte. */
    void ended(Link link, Exchange exchange) {
        machine.keeping().ids().ended(link, exchange);
        switch (exchange.owner) {
            case REPLAY -> {
                machine.keeping().replay().ended(link, exchange);
                machine.exchanges().release(exchange);
            }
            case CORE -> machine.exchanges().release(exchange);
            case QUESTION -> {
                Questions asked = exchange.question;
                machine.exchanges().release(exchange);
                if (asked != null) {
                    asked.ended(exchange);
                }
            }
            case NOBODY -> {
                link.silent -= exchange.code == CommandType.QUERY ? 1 : 0;
                machine.keeping().fanOut().ended(link, exchange);
                machine.exchanges().release(exchange);
            }
            case CLIENT -> {
                if (exchange.statusSeen) {
                    machine.state().serverStatus(exchange.status);
                }
                machine.keeping().database().ended(exchange);
                Following following = machine.keeping().following();
                if (following != null) {
                    following.ended(link, exchange);
                }
                if (exchange.changesAccounts && exchange.error == 0) {
                    machine.port().accountsChanged();
                }
                kept(link, exchange);
                if (exchange.interests != null) {
                    machine.replies().hooks().ended(exchange);
                }
                machine.port().exchangeEnded(link, exchange.rows, exchange.error);
                if (exchange.victim != 0) {
                    machine.port().killed(exchange.victim, exchange.error);
                }
                machine.exchanges().ended(exchange);
            }
        }
    }

    /** Whether a server answers nothing but that it goes down, to a command that can be had elsewhere: then it counts as lost. */
    boolean farewell(Link link, Exchange exchange) {
        int error = link.tracker().errorCode();
        boolean down = error == ErrorCodes.SERVER_SHUTDOWN || error == ErrorCodes.CONNECTION_KILLED;
        if (!down || exchange.owner != Exchange.Owner.CLIENT || link.killed() || !Retry.possible(exchange)) {
            return false;
        }
        machine.links()
                .doom(
                        link,
                        new SqlError(
                                ErrorCodes.CONNECTION_KILLED,
                                "08S01",
                                "Connection to server '" + link.server().name()
                                        + "' was lost: it said goodbye with error " + error));
        return true;
    }

    /** Notes what the reply means for what the core keeps, and tells the router. */
    private void kept(Link link, Exchange exchange) {
        Keeping keeping = machine.keeping();
        if (exchange.round != null) {
            keeping.fanOut().answered(exchange);
        } else if (keeping.replies() && machine.phase() == SessionMachine.Phase.RUNNING) {
            long nanos = machine.port().nanoTime() - exchange.sentNanos;
            ChainSlot<?, RouterSession> router = machine.chain().router();
            try {
                router.serving().onReply(link.server(), nanos, exchange.error);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                throw ModuleFailure.of(router.label(), e);
            }
        }
        if (exchange.code == CommandType.RESET_CONNECTION && exchange.error == 0) {
            keeping.reset(exchange.number);
        }
    }

    /** A server sent what no reply can hold. */
    void broken(Link link, CodecException broken) {
        LOG.atWarn()
                .addKeyValue("session", machine.state().id())
                .addKeyValue("server", link.server().name())
                .log("unexpected packet from the server: {}", broken.getMessage());
        link.spoil();
        machine.port().closeServer(link);
        machine.farewell()
                .serverLost(
                        link,
                        new SqlError(
                                1835,
                                "HY000",
                                "Malformed communication packet from server '"
                                        + link.server().name() + "'"));
    }

    /** A server sent a packet although nothing was asked: its farewell, kept as the reason for the loss that follows. */
    void unexpected(Link link, ReplyEvent event, Bytes bytes, int from, int count) {
        machine.farewell().note(link, event, bytes, from, count);
    }

    /** Gives the local answer of a command to the client. */
    void answer(Exchange exchange) {
        Answer answer = exchange.local;
        if (answer != null && !exchange.muted) {
            if (answer instanceof Answer.Failure failure) {
                exchange.error = failure.error().code();
            }
            machine.replies().hooks().answer(exchange, exchange.answeredBy - 1, answer);
            exchange.given = exchange.collected == null;
        }
        answered(exchange);
    }

    /** A local answer has been given. */
    void answered(Exchange exchange) {
        if (exchange.interests != null) {
            machine.replies().hooks().ended(exchange);
        }
        exchange.given = true;
        machine.port().exchangeEnded(null, exchange.rows, exchange.error);
    }
}
