package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.router.AnswerSource;

/** Replies that a router makes while they are sent, pulled as the client reads. */
final class Streams {
    private final SessionMachine machine;
    private @Nullable Pull current;

    Streams(SessionMachine machine) {
        this.machine = machine;
    }

    /** The source whose turn it is. */
    private final class Pull implements AnswerSource.Sink {
        private final Exchange exchange;
        private final AnswerSource source;
        private boolean ended;

        Pull(Exchange exchange, AnswerSource source) {
            this.exchange = exchange;
            this.source = source;
            exchange.nextSequence = exchange.replySequence;
        }

        @Override
        public boolean packet(byte[] payload) {
            if (ended || current != this) {
                return false;
            }
            byte[] framed = org.penstock.wire.PacketWriter.frame(exchange.nextSequence, payload);
            exchange.nextSequence += org.penstock.wire.PacketWriter.packets(payload.length);
            machine.port().toClient(new ArrayBytes(framed));
            return machine.clientWritable();
        }

        @Override
        public void end() {
            ended = true;
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
        if (!machine.clientWritable()) {
            return false;
        }
        Pull pulled = pull;
        ModuleFailure.run(machine.chain().router().label(), () -> source.pull(pulled));
        if (!pull.ended) {
            return false;
        }
        current = null;
        machine.exchanges().streamEnded(exchange);
        return true;
    }

    /** The client can take more, or the source has more. */
    void goOn() {
        if (current != null && machine.running()) {
            machine.call(machine.chain().router().label(), machine.exchanges()::answerDue);
            machine.settle();
        }
    }

    void cancel(AnswerSource source) {
        Pull pull = current;
        if (pull != null && pull.source == source) {
            current = null;
        }
        try {
            source.cancel();
        } catch (RuntimeException | LinkageError e) {
            machine.log("an answer source could not be cancelled: " + e);
        }
    }
}
