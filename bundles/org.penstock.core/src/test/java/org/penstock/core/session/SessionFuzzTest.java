package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.FilterSession;

/** Any bytes, cut anywhere, from the client and from the server of an open session: nothing is thrown, and every buffer is given up exactly once. */
class SessionFuzzTest {
    private static final int MAX_CHUNK = 600;
    private static final int MAX_EVENTS = 64;

    /** What a filter may ask to see of commands and replies. */
    private enum Sees {
        NOTHING(CommandInterest.NOTHING, ReplyInterest.NONE),
        HEADS(CommandInterest.head(20), ReplyInterest.END),
        WHOLE(CommandInterest.complete(500), ReplyInterest.ROWS),
        STREAMS(CommandInterest.stream(8), ReplyInterest.METADATA),
        COLLECTS(CommandInterest.complete(1000), ReplyInterest.collect(300, 3));

        private final CommandInterest commands;
        private final ReplyInterest replies;

        Sees(CommandInterest commands, ReplyInterest replies) {
            this.commands = commands;
            this.replies = replies;
        }
    }

    private record Watching(Sees sees) implements FilterSession {
        @Override
        public CommandInterest interest() {
            return sees.commands;
        }

        @Override
        public Verdict onCommand(Command command, Holds holds) {
            command.payload().at(0);
            if (command.hasSql()) {
                command.sql();
            }
            return Verdict.forward(sees.replies);
        }

        @Override
        public PartVerdict onReply(ReplyPart part) {
            part.payload().length();
            return PartVerdict.pass();
        }
    }

    @FuzzTest(maxDuration = "30s")
    void shouldSurviveAnyBytesOfBothSides(FuzzedDataProvider data) {
        Rig rig = new Rig()
                .filter("f", new Watching(data.pickValue(Sees.values())))
                .openTo("a");
        boolean guided = data.consumeBoolean();
        for (int i = 0; i < MAX_EVENTS && data.remainingBytes() > 0; i++) {
            event(rig, data, guided);
            rig.run();
        }
        rig.machine.close();
        assertThat(rig.ledger.open()).as("buffers still held").isZero();
        assertThat(rig.budget.used()).as("bytes still counted as collected").isZero();
    }

    private static void event(Rig rig, FuzzedDataProvider data, boolean guided) {
        switch (data.consumeInt(0, 6)) {
            case 0, 1 -> rig.send(chunk(data));
            case 2, 3 -> reply(rig, chunk(data));
            case 4 -> rig.send(guided ? Wire.query("SELECT 1") : chunk(data));
            case 5 -> reply(rig, guided ? Wire.rows("1", "22") : chunk(data));
            default -> rig.machine.clientWritable(data.consumeBoolean());
        }
    }

    private static byte[] chunk(FuzzedDataProvider data) {
        byte[] bytes = data.consumeBytes(data.consumeInt(1, MAX_CHUNK));
        return bytes.length == 0 ? new byte[1] : bytes;
    }

    private static void reply(Rig rig, byte[] bytes) {
        if (rig.links.containsKey("a") && rig.machine.phase() != SessionMachine.Phase.CLOSED) {
            rig.reply("a", bytes);
        }
    }

    /** Commands that are well-formed but for their content, with any reply: the client is never left without an end. */
    @FuzzTest(maxDuration = "20s")
    void shouldFollowAnyReplyToAnyCommand(FuzzedDataProvider data) {
        Rig rig = new Rig()
                .filter("f", new Watching(data.pickValue(Sees.values())))
                .openTo("a");
        List<Integer> codes = List.of(1, 2, 3, 4, 9, 14, 17, 22, 23, 24, 25, 26, 28, 31, 250);
        for (int i = 0; i < MAX_EVENTS && data.remainingBytes() > 0; i++) {
            rig.send(Wire.command(data.pickValue(codes), data.consumeBytes(data.consumeInt(0, 40))));
            reply(rig, chunk(data));
            rig.run();
        }
        rig.machine.close();
        assertThat(rig.ledger.open()).as("buffers still held").isZero();
    }
}
