package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Payload;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.FilterSession;
import org.penstock.wire.PacketWriter;

/** The client's side, cut wherever it can be cut. */
class CommandPathTest {
    private static final int FULL = 0xFFFFFF;

    /** A filter that sees the head of commands. */
    private static class Heads implements FilterSession {
        final AtomicInteger seen = new AtomicInteger();
        final CommandInterest interest;

        Heads(CommandInterest interest) {
            this.interest = interest;
        }

        @Override
        public CommandInterest interest() {
            return interest;
        }

        @Override
        public Verdict onCommand(Command command, Holds holds) {
            seen.incrementAndGet();
            return Verdict.forward();
        }
    }

    private static Rig rig(FilterSession filter) {
        Rig rig = new Rig().filter("f", filter).openTo("a");
        rig.send(Wire.command(0x0E)).run().reply("a", Wire.ok(1, 0));
        rig.got();
        rig.got("a");
        return rig;
    }

    private static void cut(Rig rig, byte[] bytes, int... cuts) {
        int from = 0;
        for (int cut : cuts) {
            rig.send(Arrays.copyOfRange(bytes, from, cut));
            from = cut;
        }
        rig.send(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    @Test
    void shouldPassOneCommandOnWhereverItIsCut() {
        byte[] command = Wire.query("select 1 from dual");
        for (int cut = 1; cut < command.length; cut++) {
            Heads filter = new Heads(CommandInterest.head(4));
            Rig rig = rig(filter);
            cut(rig, command, cut);
            assertThat(rig.got("a")).as("cut at %d", cut).isEqualTo(command);
            assertThat(filter.seen).hasValue(2);
            assertThat(rig.ledger.open()).isZero();
        }
    }

    @Test
    void shouldPassTwoCommandsOnWhereverTheyAreCut() {
        byte[] both = Wire.join(Wire.query("select 1"), Wire.query("select 22"));
        for (int first = 1; first < both.length - 1; first++) {
            for (int second = first + 1; second < both.length; second++) {
                Heads filter = new Heads(CommandInterest.complete(100));
                Rig rig = rig(filter);
                cut(rig, both, first, second);
                assertThat(rig.got("a")).as("cut at %d and %d", first, second).isEqualTo(both);
                assertThat(filter.seen).hasValue(3);
                rig.reply("a", Wire.join(Wire.ok(1, 1), Wire.ok(1, 2)));
                assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1", "1 ok 2");
                assertThat(rig.machine.standing().idle()).isTrue();
                assertThat(rig.ledger.open()).isZero();
            }
        }
    }

    @Test
    void shouldPassCommandsOnByteByByte() {
        byte[] both = Wire.join(Wire.query("select 1"), Wire.query("use other"), Wire.command(0x19, new byte[4]));
        Rig rig = rig(new Heads(CommandInterest.head(3)));
        for (byte one : both) {
            rig.send(new byte[] {one});
        }
        assertThat(rig.got("a")).isEqualTo(both);
        rig.reply("a", Wire.join(Wire.ok(1, 1), Wire.ok(1, 2)));
        assertThat(rig.machine.state().database()).isEqualTo("other");
        assertThat(rig.ledger.open()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {FULL - 1, FULL, FULL + 1, 2 * FULL, 2 * FULL + 5})
    void shouldPassLargeCommandsOn(int length) {
        byte[] payload = new byte[length];
        payload[0] = 3;
        byte[] framed = PacketWriter.frame(0, payload);
        int packets = PacketWriter.packets(length);
        int[] cuts = {1, 4, 5, 1000, 4 + Math.min(length, FULL) - 1, framed.length - 1};
        for (int cut : cuts) {
            Heads filter = new Heads(CommandInterest.head(10));
            Rig rig = rig(filter);
            cut(rig, framed, cut);
            assertThat(Arrays.equals(rig.got("a"), framed)).as("cut at %d", cut).isTrue();
            assertThat(filter.seen).hasValue(2);
            rig.reply("a", Wire.ok(packets, 7));
            assertThat(Wire.packets(rig.got())).containsExactly(packets + " ok 7");
            assertThat(rig.ledger.open()).isZero();
        }
    }

    @Test
    void shouldAnswerALargeCommandBehindItsLastPacket() {
        byte[] payload = new byte[2 * FULL + 5];
        payload[0] = 3;
        byte[] framed = PacketWriter.frame(0, payload);
        Rig rig = rig(new Heads(CommandInterest.head(10)) {
            @Override
            public Verdict onCommand(Command command, Holds holds) {
                return command.code() == 3 ? Verdict.answer(new Answer.Ok(9, 0, 0, "")) : Verdict.forward();
            }
        });
        rig.got();
        cut(rig, framed, framed.length - 3);
        assertThat(Wire.packets(rig.got())).containsExactly("3 ok 9");
        assertThat(rig.got("a")).isEmpty();
    }

    @Test
    void shouldRefuseWhatAFilterMustSeeWholeAndMayNot() {
        Heads filter = new Heads(CommandInterest.complete(50));
        Rig rig = rig(filter);
        cut(rig, Wire.query("x".repeat(100)), 30, 80);
        assertThat(Wire.packets(rig.got()))
                .containsExactly("1 error 1153 Got a packet bigger than filter 'f' may collect (50 bytes)");
        assertThat(rig.got("a")).isEmpty();
        byte[] huge = new byte[FULL + 9];
        huge[0] = 3;
        rig.send(PacketWriter.frame(0, huge));
        assertThat(Wire.packets(rig.got()))
                .containsExactly("2 error 1153 Got a packet bigger than filter 'f' may collect (50 bytes)");
        assertThat(rig.machine.standing().idle()).isTrue();
        assertThat(filter.seen).hasValue(1);
    }

    @Test
    void shouldSendAReplacementBehindTheLastByteOfALargeCommand() {
        byte[] payload = new byte[FULL + 5];
        payload[0] = 3;
        byte[] framed = PacketWriter.frame(0, payload);
        byte[] other = {3, 'x'};
        Rig rig = new Rig()
                .filter("f", new Heads(CommandInterest.head(10)) {
                    @Override
                    public Verdict onCommand(Command command, Holds holds) {
                        assertThat(command.length()).isEqualTo(-1);
                        assertThat(command.complete()).isFalse();
                        return Verdict.forward(other);
                    }
                })
                .openTo("a");
        rig.send(Arrays.copyOf(framed, framed.length - 1)).run();
        assertThat(rig.got("a")).isEmpty();
        rig.send(new byte[1]);
        assertThat(rig.got("a")).isEqualTo(PacketWriter.frame(0, other));
        rig.reply("a", Wire.rows("v"));
        assertThat(Wire.packets(rig.got())).startsWith("2 .").hasSize(4);
    }

    @Test
    void shouldShowAStreamWithoutHeaders() {
        byte[] payload = new byte[2 * FULL];
        Arrays.fill(payload, (byte) 5);
        payload[0] = 3;
        byte[] framed = PacketWriter.frame(0, payload);
        long[] shown = {0, 0};
        Rig rig = rig(new Heads(CommandInterest.stream(10)) {
            @Override
            public Verdict onCommand(Command command, Holds holds) {
                shown[0] = command.payload().length();
                return Verdict.forward();
            }

            @Override
            public void onCommandPart(Payload part, boolean last) {
                for (int i = 0; i < part.length(); i += 4099) {
                    assertThat(part.at(i)).isEqualTo((byte) 5);
                }
                shown[0] += part.length();
                shown[1] += last ? 1 : 0;
            }
        });
        int middle = 4 + FULL + 2;
        cut(rig, framed, 20, middle, framed.length - 2);
        assertThat(Arrays.equals(rig.got("a"), framed)).isTrue();
        assertThat(shown).containsExactly(payload.length, 1);
    }

    @Test
    void shouldShowNoMoreThanTheHeadHoweverMuchIsHere() {
        int[] shown = {0};
        Rig rig = rig(new Heads(CommandInterest.head(7)) {
            @Override
            public Verdict onCommand(Command command, Holds holds) {
                shown[0] = command.payload().length();
                return Verdict.forward();
            }
        });
        rig.send(Wire.query("select 1"));
        assertThat(shown).containsExactly(7);
    }

    @Test
    void shouldEndTheSessionAtGarbage() {
        Rig empty = rig(new Heads(CommandInterest.head(1)));
        empty.send(new byte[] {0, 0, 0, 0});
        assertThat(Wire.packets(empty.got()))
                .containsExactly(
                        "1 error 1835 Malformed communication packet: a command packet without a command byte");
        assertThat(empty.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
        Rig order = rig(new Heads(CommandInterest.head(1)));
        order.send(Wire.join(Wire.query("select 1"), new byte[] {1, 0, 0, 7, 3}));
        assertThat(order.got("a")).isEqualTo(Wire.query("select 1"));
        assertThat(order.got()).isEmpty();
        order.reply("a", Wire.ok(1, 5));
        assertThat(Wire.packets(order.got())).containsExactly("1 ok 5", "1 error 1156 Got packets out of order");
        assertThat(order.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
        assertThat(order.ledger.open()).isZero();
    }
}
