package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.FilterSession;
import org.penstock.wire.PacketWriter;

/** The servers' side, cut wherever it can be cut, seen and unseen. */
class ReplyPathTest {
    private static final int FULL = 0xFFFFFF;

    /** A filter that asks for replies and writes down what it is shown. */
    private static class Replies implements FilterSession {
        final List<String> shown = new ArrayList<>();
        final ReplyInterest interest;

        Replies(ReplyInterest interest) {
            this.interest = interest;
        }

        @Override
        public CommandInterest interest() {
            return CommandInterest.head(10);
        }

        @Override
        public Verdict onCommand(Command command, Holds holds) {
            return Verdict.forward(interest);
        }

        @Override
        public PartVerdict onReply(ReplyPart part) {
            shown.add(part.kind() + " " + part.rows());
            return verdict(part);
        }

        PartVerdict verdict(ReplyPart part) {
            return PartVerdict.pass();
        }
    }

    private static Rig asked(FilterSession... filters) {
        Rig rig = new Rig();
        for (int i = 0; i < filters.length; i++) {
            rig.filter("f" + i, filters[i]);
        }
        rig.openTo("a").send(Wire.query("select 1")).run();
        return rig;
    }

    private static ReplyInterest interest(ReplyInterest.Kind kind) {
        return switch (kind) {
            case NONE -> ReplyInterest.NONE;
            case END -> ReplyInterest.END;
            case METADATA -> ReplyInterest.METADATA;
            case ROWS -> ReplyInterest.ROWS;
            case COLLECT -> ReplyInterest.collect(100_000, 10);
        };
    }

    @ParameterizedTest
    @EnumSource
    void shouldPassRepliesOnWhereverTheyAreCut(ReplyInterest.Kind kind) {
        byte[] both = Wire.join(Wire.rows("one", "two"), Wire.error(1, 1064));
        for (int cut = 1; cut < both.length; cut++) {
            Rig rig = asked(new Replies(interest(kind)));
            rig.send(Wire.query("select 2"));
            rig.reply("a", Arrays.copyOf(both, cut));
            rig.reply("a", Arrays.copyOfRange(both, cut, both.length));
            assertThat(rig.got()).as("cut at %d", cut).isEqualTo(both);
            assertThat(rig.machine.standing().idle()).isTrue();
            assertThat(rig.ledger.open()).isZero();
            assertThat(rig.budget.used()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldPassRepliesOnByteByByte(ReplyInterest.Kind kind) {
        byte[] reply = Wire.rows("one", "two", "three");
        Replies filter = new Replies(interest(kind));
        Rig rig = asked(filter);
        for (byte one : reply) {
            rig.reply("a", new byte[] {one});
        }
        assertThat(rig.got()).isEqualTo(reply);
        assertThat(filter.shown)
                .isEqualTo(
                        switch (kind) {
                            case NONE -> List.of();
                            case END -> List.of("END 3");
                            case METADATA -> List.of("HEADER 0", "COLUMN 0", "ROWS_END 3", "END 3");
                            case ROWS ->
                                List.of("HEADER 0", "COLUMN 0", "ROW 1", "ROW 2", "ROW 3", "ROWS_END 3", "END 3");
                            case COLLECT -> List.of("HEADER 0", "COLUMN 0", "COLLECTED 3", "END 3");
                        });
        assertThat(rig.ledger.open()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldPassLargeRowsOn(ReplyInterest.Kind kind) {
        byte[] row = new byte[2 * FULL];
        byte[] head = {1, 0, 0, 1, 1};
        byte[] reply = Wire.rows("x");
        int definitions = reply.length - 6 - 11;
        byte[] large = Wire.join(
                head,
                Arrays.copyOfRange(reply, 5, definitions),
                PacketWriter.frame(3, row),
                PacketWriter.frame(6, Arrays.copyOfRange(reply, reply.length - 7, reply.length)));
        Rig rig = asked(new Replies(interest(kind)));
        int step = FULL / 3;
        for (int from = 0; from < large.length; from += step) {
            rig.reply("a", Arrays.copyOfRange(large, from, Math.min(large.length, from + step)));
        }
        assertThat(Wire.packets(large)).hasSize(6);
        assertThat(Arrays.equals(rig.got(), large)).isTrue();
        assertThat(rig.machine.standing().idle()).isTrue();
        assertThat(rig.ledger.open()).isZero();
    }

    @Test
    void shouldDropALargeRowWithAllOfItsPackets() {
        byte[] row = new byte[FULL + 7];
        byte[] reply = Wire.rows("x");
        byte[] definitions = Arrays.copyOf(reply, reply.length - 6 - 11);
        byte[] end = Arrays.copyOfRange(reply, reply.length - 7, reply.length);
        Replies filter = new Replies(ReplyInterest.ROWS) {
            @Override
            PartVerdict verdict(ReplyPart part) {
                return part.kind() == ReplyPart.Kind.ROW && part.rows() == 1 ? PartVerdict.drop() : PartVerdict.pass();
            }
        };
        Rig rig = asked(filter);
        rig.reply("a", Wire.join(definitions, PacketWriter.frame(3, row), PacketWriter.frame(5, new byte[] {1, 'y'})));
        rig.reply("a", PacketWriter.frame(6, end));
        assertThat(Wire.packets(rig.got())).hasSize(4).contains("3 .y", "4 end");
        assertThat(filter.shown).containsSequence("ROW 1", "ROW 2", "ROWS_END 2", "END 2");
    }

    @Test
    void shouldNumberAnewBehindAReplacementOfSeveralPackets() {
        Replies filter = new Replies(ReplyInterest.ROWS) {
            @Override
            PartVerdict verdict(ReplyPart part) {
                return part.kind() == ReplyPart.Kind.ROW ? PartVerdict.replace(new byte[FULL + 1]) : PartVerdict.pass();
            }
        };
        Rig rig = asked(filter);
        rig.reply("a", Wire.rows("x"));
        assertThat(Wire.packets(rig.got())).hasSize(5).contains("5 end");
    }

    @Test
    void shouldAskAboutBoundsBehindAllDefinitions() {
        Replies filter = new Replies(ReplyInterest.collect(1, 10)) {
            @Override
            PartVerdict verdict(ReplyPart part) {
                return part.kind() == ReplyPart.Kind.OVERFLOW
                        ? PartVerdict.instead(new Answer.Ok(3, 0, 0, ""))
                        : PartVerdict.pass();
            }
        };
        Rig rig = asked(filter);
        rig.reply("a", Wire.rows("x", "y"));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 3");
        assertThat(filter.shown).containsExactly("HEADER 0", "COLUMN 0", "OVERFLOW 1", "END 2");
        assertThat(rig.budget.used()).isZero();
    }

    @Test
    void shouldGiveWhatWasKeptWhenTheOverflowMayPass() {
        Replies filter = new Replies(ReplyInterest.collect(100_000, 1));
        Rig rig = asked(filter);
        byte[] reply = Wire.rows("x", "y", "z");
        rig.reply("a", reply);
        assertThat(rig.got()).isEqualTo(reply);
        assertThat(filter.shown).containsExactly("HEADER 0", "COLUMN 0", "OVERFLOW 2", "END 3");
    }

    @Test
    void shouldHandAnAnswerInsteadToTheCollectorBefore() {
        Replies first = new Replies(ReplyInterest.collect(100_000, 10));
        Replies second = new Replies(ReplyInterest.collect(100_000, 10)) {
            @Override
            PartVerdict verdict(ReplyPart part) {
                return part.kind() == ReplyPart.Kind.COLLECTED
                        ? PartVerdict.instead(new Answer.Ok(3, 0, 0, ""))
                        : PartVerdict.pass();
            }
        };
        Rig rig = asked(first, second);
        rig.reply("a", Wire.rows("x"));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 3");
        assertThat(first.shown).containsExactly("COLLECTED 1", "END 1");
        assertThat(second.shown).containsExactly("HEADER 0", "COLUMN 0", "COLLECTED 1", "END 1");
        assertThat(rig.machine.standing().idle()).isTrue();
    }

    @Test
    void shouldTreatAUsedUpBudgetAsAnOverflow() {
        Replies filter = new Replies(ReplyInterest.collect(100_000, 10));
        Rig rig = asked(filter);
        rig.budget.limit(20);
        byte[] reply = Wire.rows("x");
        rig.reply("a", reply);
        assertThat(rig.got()).isEqualTo(reply);
        assertThat(filter.shown).contains("OVERFLOW 1");
        assertThat(rig.budget.used()).isZero();
    }

    @Test
    void shouldPutAnErrorInPlaceOfTheRest() {
        Replies filter = new Replies(ReplyInterest.ROWS) {
            @Override
            PartVerdict verdict(ReplyPart part) {
                return part.kind() == ReplyPart.Kind.ROW && part.rows() == 2
                        ? PartVerdict.fail(new SqlError(4000, "HY000", "secret"))
                        : PartVerdict.pass();
            }
        };
        Rig rig = asked(filter);
        rig.send(Wire.query("select 2"));
        rig.reply("a", Wire.join(Wire.rows("x", "y", "z"), Wire.ok(1, 5)));
        assertThat(Wire.packets(rig.got())).hasSize(5).endsWith("3 .x", "4 error 4000 secret", "1 ok 5");
        assertThat(filter.shown).contains("END 3");
    }

    @Test
    void shouldRefuseVerdictsThatDoNotFit() {
        for (PartVerdict wrong : List.of(PartVerdict.drop(), PartVerdict.instead(Answer.ok()))) {
            Rig rig = asked(new Replies(ReplyInterest.METADATA) {
                @Override
                PartVerdict verdict(ReplyPart part) {
                    return wrong;
                }
            });
            rig.reply("a", Wire.rows("x"));
            assertThat(Wire.packets(rig.got()))
                    .containsExactly("1 error 1105 filter 'f0' failed: IllegalArgumentException");
            assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
        }
    }

    @Test
    void shouldCutTheServerOffAtWhatNoReplyCanHold() {
        Rig rig = asked();
        rig.send(Wire.query("select 2"));
        rig.reply("a", Wire.join(Wire.ok(1, 4), new byte[] {1, 0, 0, 1, (byte) 0xFE}));
        assertThat(Wire.packets(rig.got()))
                .containsExactly("1 ok 4", "1 error 1835 Malformed communication packet from server 'a'");
        assertThat(rig.log).contains("close a");
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.RUNNING);
        assertThat(rig.ledger.open()).isZero();
    }

    @Test
    void shouldTellAServersFarewellAsTheReasonOfItsLoss() {
        Rig rig = asked();
        rig.reply("a", Wire.ok(1, 4));
        rig.got();
        rig.reply("a", Wire.error(0, 1053));
        rig.send(Wire.query("select 2"));
        rig.lose("a");
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1053 no");
    }
}
