package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.AnswerSource;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterSession;
import org.penstock.wire.PacketWriter;

/** How sessions end, and what is said where. */
class FarewellTest {
    private static final SqlError OVER = new SqlError(4999, "HY000", "over");
    private static final byte[] QUIT = {1, 0, 0, 0, 1};

    private static Rig asked(String... queries) {
        Rig rig = new Rig().openTo("a");
        for (String query : queries) {
            rig.send(Wire.query(query));
        }
        return rig.run();
    }

    /** A router's part that ends the session when a connection is lost. */
    private static Rig closing() {
        RouterSession part = new RouterSession() {
            @Override
            public CommandInterest interest() {
                return CommandInterest.NOTHING;
            }

            @Override
            public Route route(Command command, Holds holds) {
                return Route.to("a");
            }
        };
        return new Rig().open(part).send(Wire.query("select 1")).run();
    }

    @Test
    void shouldSayTheLastWordBehindTheRepliesInFlight() {
        Rig rig = asked("select 1", "select 2");
        rig.machine.end(OVER);
        rig.send(Wire.query("select 3"));
        rig.reply("a", Wire.ok(1, 1));
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.ENDING);
        rig.reply("a", Wire.rows("x"));
        assertThat(Wire.packets(rig.got())).hasSize(6).startsWith("1 ok 1").endsWith("4 end", "1 error 4999 over");
        assertThat(rig.log).endsWith("close a", "close client");
        assertThat(rig.ledger.open()).isZero();
    }

    @Test
    void shouldTellTheReplyInFlightAtEveryCut() {
        byte[] reply = Wire.rows("one", "two");
        for (int cut = 0; cut < reply.length; cut++) {
            Rig rig = asked("select 1");
            if (cut > 0) {
                rig.reply("a", Arrays.copyOf(reply, cut));
            }
            rig.machine.killed();
            List<String> got = Wire.packets(rig.got());
            List<String> whole = Wire.packets(reply);
            String last = got.isEmpty() ? "" : got.get(got.size() - 1);
            if (last.startsWith("and ")) {
                assertThat(got.subList(0, got.size() - 1)).isEqualTo(whole.subList(0, got.size() - 1));
            } else {
                assertThat(last).as("cut at %d", cut).isEqualTo(got.size() + " error 1927 Connection was killed");
                assertThat(got.subList(0, got.size() - 1)).isEqualTo(whole.subList(0, got.size() - 1));
            }
            assertThat(rig.ledger.open()).isZero();
        }
    }

    @Test
    void shouldFailWhatALostServerWasAskedAndGoOn() {
        byte[] reply = Wire.rows("one", "two");
        for (int cut = 0; cut < reply.length; cut++) {
            Rig rig = asked("select 1", "select 2");
            if (cut > 0) {
                rig.reply("a", Arrays.copyOf(reply, cut));
            }
            rig.lose("a");
            List<String> got = Wire.packets(rig.got());
            if (rig.machine.phase() == SessionMachine.Phase.CLOSED) {
                assertThat(got.get(got.size() - 1)).startsWith("and ");
            } else {
                assertThat(got).endsWith(got.size() - 1 + " error 1927 lost", "1 error 1927 lost");
                rig.send(Wire.query("select 3")).run();
                rig.reply("a", Wire.ok(1, 3));
                assertThat(Wire.packets(rig.got())).containsExactly("1 ok 3");
            }
            assertThat(rig.ledger.open()).isZero();
        }
    }

    @Test
    void shouldEndTheSessionWhenTheRouterSaysSo() {
        Rig rig = closing();
        rig.lose("a");
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1927 lost");
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
    }

    @Test
    void shouldFailACommandWhoseServerCannotBeConnected() {
        Rig rig = new Rig();
        rig.connects = false;
        rig.openTo("a").send(Wire.query("select 1"));
        for (int i = 0; i < Retry.MAX_ATTEMPTS; i++) {
            rig.lose("a");
            assertThat(rig.got()).as("it is routed anew").isEmpty();
        }
        rig.lose("a");
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1927 lost");
        assertThat(rig.machine.standing().idle()).isTrue();
    }

    @Test
    void shouldRouteACommandForAllServersAnewOnceItIsAllHere() {
        Rig rig = new Rig().open(Rig.router((command, holds) -> Route.toAll("a")));
        byte[] command = Wire.query("x".repeat(1500));
        rig.send(Arrays.copyOf(command, 1300)).run();
        rig.lose("a");
        assertThat(rig.got()).isEmpty();
        rig.send(Arrays.copyOfRange(command, 1300, command.length));
        rig.run();
        assertThat(rig.got("a")).isEqualTo(command);
        rig.reply("a", Wire.ok(1, 5));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 5");
        assertThat(rig.machine.standing().idle()).isTrue();
        assertThat(rig.ledger.open()).isZero();
    }

    @Test
    void shouldTellFiltersTheEndOfWhatALostServerWasAsked() {
        List<String> shown = new ArrayList<>();
        Rig rig = new Rig()
                .filter("f", new FilterSession() {
                    @Override
                    public CommandInterest interest() {
                        return CommandInterest.head(10);
                    }

                    @Override
                    public Verdict onCommand(Command command, Holds holds) {
                        return Verdict.forward(ReplyInterest.ROWS);
                    }

                    @Override
                    public PartVerdict onReply(ReplyPart part) {
                        shown.add(part.kind() + " " + part.error());
                        return PartVerdict.pass();
                    }
                })
                .openTo("a")
                .send(Wire.query("select 1"))
                .run();
        rig.lose("a");
        assertThat(shown).containsExactly("ERROR 1927", "END 1927");
    }

    @Test
    void shouldQuitBehindWhatWasAskedBefore() {
        Rig rig = new Rig().openTo("a");
        byte[] insert = Wire.query("insert");
        rig.send(Wire.join(insert, QUIT)).run();
        assertThat(rig.got("a")).isEqualTo(insert);
        assertThat(rig.machine.phase()).isNotEqualTo(SessionMachine.Phase.CLOSED);
        rig.reply("a", Wire.ok(1, 1));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1");
        assertThat(rig.log).endsWith("close a", "close client");
    }

    @Test
    void shouldSendACommandWithoutReplyBeforeItQuits() {
        Rig rig = asked("select 1");
        rig.reply("a", Wire.ok(1, 1));
        rig.got("a");
        byte[] close = Wire.command(0x19, new byte[4]);
        rig.send(Wire.join(close, QUIT));
        assertThat(rig.got("a")).isEqualTo(close);
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
    }

    @Test
    void shouldQuitFromAnEndlessAnswer() {
        int[] cancelled = {0};
        AnswerSource endless = new AnswerSource() {
            @Override
            public void pull(Sink sink) {
                sink.packet(new byte[] {1});
            }

            @Override
            public void cancel() {
                cancelled[0]++;
            }
        };
        Rig rig = new Rig().open(Rig.router((command, holds) -> Route.answer(endless)));
        rig.send(Wire.query("stream")).run();
        rig.machine.clientWritable(false);
        rig.machine.clientWritable(true);
        assertThat(Wire.packets(rig.got())).containsExactly("1 .", "2 .");
        rig.send(QUIT);
        assertThat(cancelled).containsExactly(1);
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
    }

    @Test
    void shouldSayNothingInsideARowOfSeveralPackets() {
        Rig rig = asked("select 1");
        byte[] reply = Wire.rows("x");
        rig.reply("a", Arrays.copyOf(reply, reply.length - 6 - 11));
        byte[] row = PacketWriter.frame(3, new byte[0xFFFFFF + 1]);
        rig.reply("a", Arrays.copyOf(row, 4 + 0xFFFFFF));
        rig.got();
        rig.machine.killed();
        assertThat(rig.got()).isEmpty();
    }

    @Test
    void shouldChangeTheUserWhenNothingIsInFlight() {
        Rig rig = asked("select 1");
        rig.send(Wire.join(
                Wire.command(0x11, "u".getBytes(java.nio.charset.StandardCharsets.UTF_8)), Wire.query("select 2")));
        assertThat(rig.log).containsExactly("opened");
        rig.reply("a", Wire.ok(1, 1));
        assertThat(rig.log).containsExactly("opened", "change user 2");
        assertThat(rig.reading).as("reading is the login's").isFalse();
        rig.got("a");
        rig.machine.userChanged(new SessionState.Login("v", "d", 45, Rig.CAPABILITIES, java.util.Map.of()));
        assertThat(rig.got("a")).isEqualTo(Wire.query("select 2"));
        assertThat(rig.reading).isTrue();
        assertThat(rig.machine.state().user()).isEqualTo("v");
    }

    @Test
    void shouldLeaveTheLastWordToALoginThatIsUnderWay() {
        for (java.util.function.Consumer<Rig> end : List.<java.util.function.Consumer<Rig>>of(
                rig -> rig.machine.killed(), rig -> rig.machine.end(new SqlError(1927, "70100", "enough")))) {
            Rig rig = asked("select 1");
            rig.reply("a", Wire.ok(1, 1));
            rig.got();
            rig.send(Wire.command(0x11, new byte[] {'u'}));
            end.accept(rig);
            assertThat(rig.log)
                    .containsExactly("opened", "change user 2", "change cut 1927", "close a", "close client");
            assertThat(rig.got()).as("bytes with a number of their own").isEmpty();
        }
    }
}
