package org.penstock.core.session;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.AnswerSource;
import org.penstock.wire.CommandType;
import org.penstock.wire.ErrorCodes;

/** The queue of the client's commands in flight, answered in order; local answers wait in it for their turn. */
final class Exchanges {
    /** Most commands of one client that may be in flight; further ones wait unread. */
    static final int MAX_IN_FLIGHT = 256;

    private static final int MAX_SPARE = 4;

    private final SessionMachine machine;
    private final ArrayDeque<Exchange> queue = new ArrayDeque<>(4);
    private final ArrayDeque<Exchange> spare = new ArrayDeque<>(2);
    private @Nullable Link target;
    private int remote;
    private int streams;
    private boolean answering;

    Exchanges(SessionMachine machine) {
        this.machine = machine;
    }

    Exchange acquire(long number, int code) {
        Exchange reused = spare.poll();
        return (reused == null ? new Exchange() : reused).reset(number, code);
    }

    void release(Exchange exchange) {
        if (spare.size() < MAX_SPARE) {
            spare.push(exchange.reset(0, 0));
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }

    /** The commands in flight, the oldest first. */
    Iterable<Exchange> inFlight() {
        return queue;
    }

    @Nullable
    Exchange head() {
        return queue.peek();
    }

    /** Whether a command for that server may be sent now: nothing that was sent elsewhere is outstanding, and no answer is being pulled. */
    boolean admits(Link link) {
        return !machine.keeping().retry().pending() && queue.size() < MAX_IN_FLIGHT && admitsAgain(link);
    }

    /** The same for a command that has its place in the queue. */
    boolean admitsAgain(Link link) {
        return (remote == 0 || target == link) && !streaming();
    }

    /** The server whose binary log the client is being sent, or null. */
    @Nullable
    Link dumping() {
        Exchange last = queue.peekLast();
        return last != null && CommandType.reply(last.code) == CommandType.Reply.BINLOG ? last.link : null;
    }

    /** Whether an answer is pulled from a router, or waits for its turn to be. */
    boolean streaming() {
        return streams > 0;
    }

    /** The first command whose reply the client has not got completely, or null. */
    @Nullable
    Exchange unanswered() {
        for (Exchange exchange : queue) {
            if (!exchange.given) {
                return exchange;
            }
        }
        return null;
    }

    boolean full() {
        return queue.size() >= MAX_IN_FLIGHT;
    }

    void addRemote(Exchange exchange, Link link) {
        exchange.link = link;
        target = link;
        remote++;
        if (exchange.again) {
            machine.keeping().retry().done(exchange);
        } else {
            queue.add(exchange);
        }
        machine.port().exchangeStarted(link);
    }

    void addLocal(Exchange exchange) {
        streams += exchange.source == null ? 0 : 1;
        if (exchange.again) {
            machine.keeping().retry().done(exchange);
            answerDue();
        } else {
            queue.add(exchange);
        }
    }

    /** Whether the client waits for a reply of that server that cannot be had elsewhere. */
    boolean stuckOn(Link link) {
        for (Exchange exchange : queue) {
            if (exchange.link == link && !exchange.given && !Retry.possible(exchange)) {
                return true;
            }
        }
        return false;
    }

    /** The reply of the first command in flight has passed. */
    void ended(Exchange exchange) {
        if (queue.poll() != exchange) {
            throw new IllegalStateException("a reply ended out of order");
        }
        machine.commands().replied(exchange);
        if (exchange.link != null) {
            returned();
        }
        boolean closes = exchange.closes;
        release(exchange);
        if (closes) {
            machine.close();
            return;
        }
        answerDue();
    }

    private void returned() {
        if (--remote == 0) {
            target = null;
        }
    }

    /** A server is gone: what it has not answered is answered with the error, each in its turn. */
    void lost(Link link, SqlError why) {
        for (Exchange exchange : queue) {
            if (exchange.link == link && Retry.possible(exchange)) {
                returned();
                exchange.link = null;
                exchange.statement = null;
                exchange.nextSequence = exchange.replySequence;
                machine.keeping().retry().add(exchange);
            } else if (exchange.link == link) {
                returned();
                spare(exchange);
                machine.keeping().fanOut().lost(exchange);
                machine.keeping().ids().abandoned(exchange);
                int next = Farewell.nextSequence(exchange);
                if (next != exchange.replySequence) {
                    exchange.renumber = true;
                }
                exchange.nextSequence = next;
                exchange.link = null;
                exchange.commandRead = !machine.commands().reading(exchange);
                exchange.local = Answer.error(why);
                exchange.answeredBy = machine.chain().size();
                Collected kept = exchange.collected;
                if (kept != null && !exchange.muted) {
                    exchange.collected = null;
                    kept.release();
                }
            }
        }
        answerDue();
    }

    /** The outcome of a KILL will never be known: its victim's connection is not expected to end. */
    private void spare(Exchange exchange) {
        if (exchange.victim != 0) {
            machine.port().killed(exchange.victim, ErrorCodes.UNKNOWN_ERROR);
            exchange.victim = 0;
        }
    }

    /** Gives the local answers whose turn it is. */
    void answerDue() {
        if (answering) {
            return;
        }
        answering = true;
        try {
            Exchange head = queue.peek();
            while (head != null && head.isLocal() && head.commandRead && machine.running()) {
                if (!answer(head)) {
                    return;
                }
                head = queue.peek();
            }
        } finally {
            answering = false;
        }
    }

    private boolean answer(Exchange head) {
        AnswerSource source = head.source;
        if (source != null) {
            return machine.streams().pull(head, source);
        }
        machine.ends().answer(head);
        return leave(head);
    }

    private boolean leave(Exchange head) {
        queue.poll();
        boolean closes = head.closes;
        release(head);
        if (closes) {
            machine.close();
            return false;
        }
        return true;
    }

    /** The pulled reply of the first command in flight has ended. */
    boolean streamEnded(Exchange exchange) {
        exchange.source = null;
        streams--;
        machine.ends().answered(exchange);
        return leave(exchange);
    }

    void close() {
        for (Exchange exchange : queue) {
            AnswerSource source = exchange.source;
            if (source != null) {
                machine.streams().cancel(source);
            }
            if (exchange.collected != null) {
                exchange.collected.release();
            }
            spare(exchange);
        }
        queue.clear();
    }
}
