package org.penstock.core.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.penstock.api.router.AnswerSource;
import org.penstock.wire.reply.ReplyTracker;

/** Replies that a router makes while they are sent, pulled as the client reads. */
final class Streams {
    /** Bytes that one answer may give before the other sessions of the loop have their turn. */
    static final int MAX_PER_TURN = 256 * 1024;

    private final SessionMachine machine;
    private @Nullable Pull current;

    Streams(SessionMachine machine) {
        this.machine = machine;
    }

    /** The source whose turn it is. */
    private final class Pull implements AnswerSource.Sink {
        private final Exchange exchange;
        private final AnswerSource source;
        private final @Nullable ReplyTracker tracker;
        private boolean ended;
        private boolean pulling;
        private boolean refused;
        private long given;

        Pull(Exchange exchange, AnswerSource source) {
            this.exchange = exchange;
            this.source = source;
            this.tracker = machine.replies().hooks().startAnswer(exchange);
        }

        @Override
        public boolean packet(byte[] payload) {
            if (ended || exchange.muted || current != this) {
                return false;
            }
            machine.replies().flushRun();
            machine.replies().hooks().answerPayload(exchange, exchange.answeredBy - 1, tracker, payload);
            given += payload.length;
            boolean more = given < MAX_PER_TURN && machine.flow().clientWritable() && !exchange.muted;
            refused |= !more;
            return more;
        }

        @Override
        public void end() {
            ended = true;
            if (!pulling) {
                ready();
            }
        }

        @Override
        public void ready() {
            machine.port().execute(Streams.this::goOn);
        }
    }

    /** Lets the source give what the client can take; true when its answer has ended. */
    boolean pull(Exchange exchange, AnswerSource source) {
        Pull pull = current;
        if (pull == null || pull.exchange != exchange) {
            pull = new Pull(exchange, source);
            current = pull;
        }
        if (!machine.flow().clientWritable()) {
            return false;
        }
        if (!pull.ended) {
            pullFrom(pull);
        }
        if (current != pull || !(pull.ended || exchange.muted)) {
            return false;
        }
        if (pull.ended) {
            current = null;
        } else {
            cancel(source);
        }
        return machine.exchanges().streamEnded(exchange);
    }

    private void pullFrom(Pull pull) {
        pull.pulling = true;
        pull.refused = false;
        pull.given = 0;
        try {
            pull.source.pull(pull);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw ModuleFailure.of(machine.chain().router().label(), e);
        } finally {
            pull.pulling = false;
        }
        if (pull.refused && !pull.ended && machine.flow().clientWritable()) {
            // A timer, not a task: a loop runs tasks that follow each other for long before it looks at its channels
            // again.
            machine.after(Duration.ZERO, this::goOn);
        }
    }

    /** The client can take more, or the source has more. */
    void goOn() {
        if (current != null && machine.running()) {
            machine.guard().handle(machine.exchanges()::answerDue);
        }
    }

    void cancel(AnswerSource source) {
        Pull pull = current;
        if (pull != null && pull.source == source) {
            current = null;
        }
        try {
            source.cancel();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            machine.guard().log("an answer source could not be cancelled: " + e);
        }
    }
}
