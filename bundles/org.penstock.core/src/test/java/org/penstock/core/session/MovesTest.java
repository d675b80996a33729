package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Hold;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.session.ModuleState;
import org.penstock.api.session.SessionContext;

/** Sessions move from plan to plan. */
class MovesTest {
    private final List<String> log = new ArrayList<>();

    /** A filter that counts, with a name that tells its generation. */
    private final class Counting implements Filter {
        private final String name;
        private final String flaw;
        private SessionContext context;

        Counting(String name, String flaw) {
            this.name = name;
            this.flaw = flaw;
        }

        private void fail(String when) {
            if (flaw.equals(when)) {
                throw new IllegalStateException(when);
            }
        }

        @Override
        public boolean newSessionsOnly() {
            fail("newSessionsOnly");
            return flaw.equals("new");
        }

        @Override
        public FilterSession open(SessionContext session) {
            fail("open");
            if (flaw.equals("refuse")) {
                throw new ProtocolException(new SqlError(4000, "HY000", "not you"));
            }
            context = session;
            return new FilterSession() {
                private long count;

                @Override
                public CommandInterest interest() {
                    fail("interest");
                    return flaw.equals("null") ? null : CommandInterest.head(20);
                }

                @Override
                public Verdict onCommand(Command command, Holds holds) {
                    log.add(name + " " + ++count);
                    return Verdict.forward();
                }

                @Override
                public ModuleState exportState() {
                    fail("export");
                    return new ModuleState(1, Map.of("count", count));
                }

                @Override
                public void importState(ModuleState state) {
                    fail("import");
                    count = state.getLong("count", 0);
                }

                @Override
                public void close() {
                    log.add(name + " closed");
                }
            };
        }
    }

    private static void roundTrip(Rig rig) {
        rig.send(Wire.query("select 1")).run();
        rig.reply("a", Wire.ok(1, 1));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1");
    }

    @Test
    void shouldMoveAnIdleSessionAtOnceWithItsState() {
        Rig rig = new Rig().module("f", new Counting("one", "")).openTo("a");
        roundTrip(rig);
        rig.fill(0, new Counting("two", "")).machine.planPublished(rig.plan());
        roundTrip(rig);
        assertThat(log).containsExactly("one 1", "one closed", "two 2");
        assertThat(rig.log).doesNotContain("close a");
    }

    @Test
    void shouldMoveWhenWhatIsInFlightHasEnded() {
        Rig rig = new Rig().module("f", new Counting("one", "")).openTo("a");
        rig.send(Wire.query("select 1")).run();
        rig.fill(0, new Counting("two", "")).machine.planPublished(rig.plan());
        rig.send(Wire.query("select 2"));
        assertThat(rig.got("a")).isEqualTo(Wire.query("select 1"));
        assertThat(rig.machine.standing().waitingFor()).isEqualTo("the end of what is in flight, to move to plan 2");
        rig.reply("a", Wire.ok(1, 1));
        assertThat(rig.got("a")).isEqualTo(Wire.query("select 2"));
        assertThat(log).containsExactly("one 1", "one closed", "two 2");
        assertThat(rig.machine.standing().waitingFor()).isNull();
    }

    @Test
    void shouldMoveWithHalfACommandThatNobodyHasSeen() {
        Rig rig = new Rig().module("f", new Counting("one", "")).openTo("a");
        rig.send(new byte[] {9, 0, 0});
        rig.fill(0, new Counting("two", "")).machine.planPublished(rig.plan());
        assertThat(log).containsExactly("one closed");
        rig.send(new byte[] {0, 3, 's', 'e', 'l', 'e', 'c', 't', ' ', '1'}).run();
        assertThat(log).containsExactly("one closed", "two 1");
    }

    @Test
    void shouldMoveBehindTheLastByteOfACommandWithoutReply() {
        Rig rig = new Rig().module("f", new Counting("one", "")).openTo("a");
        roundTrip(rig);
        byte[] data = Wire.command(0x18, new byte[400]);
        rig.send(java.util.Arrays.copyOf(data, 250));
        rig.fill(0, new Counting("two", "")).machine.planPublished(rig.plan());
        assertThat(log).doesNotContain("one closed");
        rig.send(new byte[155]);
        assertThat(log).contains("one closed");
        roundTrip(rig);
    }

    @Test
    void shouldLetTheOldOneServeOnWhenTheNewOneFails() {
        for (String flaw : List.of("open", "refuse", "import", "interest", "null", "newSessionsOnly", "new")) {
            log.clear();
            Rig rig = new Rig().module("f", new Counting("one", "")).openTo("a");
            rig.fill(0, new Counting("two", flaw)).machine.planPublished(rig.plan());
            roundTrip(rig);
            assertThat(rig.machine.standing().keptBehind()).as(flaw).isTrue();
            assertThat(log).filteredOn(line -> line.startsWith("one")).containsExactly("one 1");
            rig.fill(0, new Counting("three", "")).machine.planPublished(rig.plan());
            roundTrip(rig);
            assertThat(log).endsWith("one closed", "three 2");
            assertThat(rig.machine.standing().keptBehind()).isFalse();
        }
    }

    @Test
    void shouldHoldCommandsWhileASlotIsEmpty() {
        Rig rig = new Rig().module("f", new Counting("one", "")).openTo("a");
        roundTrip(rig);
        rig.got("a");
        rig.fill(0, null).machine.planPublished(rig.plan());
        rig.send(Wire.query("select 2"));
        assertThat(rig.got("a")).isEmpty();
        assertThat(rig.reading).isFalse();
        assertThat(rig.machine.standing().waitingFor()).isEqualTo("filter 'f'");
        rig.pass(Duration.ofSeconds(29));
        rig.fill(0, new Counting("two", "")).machine.planPublished(rig.plan());
        assertThat(rig.got("a")).isEqualTo(Wire.query("select 2"));
        rig.reply("a", Wire.ok(1, 2));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 2");
        assertThat(log).containsExactly("one 1", "one closed", "two 2");
    }

    @Test
    void shouldNameTheMissingFilterWhenTheWaitIsOver() {
        Rig rig = new Rig().module("f", new Counting("one", "")).openTo("a");
        roundTrip(rig);
        rig.got("a");
        rig.fill(0, null).machine.planPublished(rig.plan());
        rig.send(Wire.query("select 2")).pass(Duration.ofSeconds(30));
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1105 filter 'f' is not available");
        rig.send(Wire.query("select 3"));
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1105 filter 'f' is not available");
        assertThat(rig.got("a")).isEmpty();
        rig.fill(0, new Counting("two", "")).machine.planPublished(rig.plan());
        roundTrip(rig);
        assertThat(log).endsWith("two 2");
    }

    @Test
    void shouldWaitForAnotherOneWhenTheSuccessorOfNobodyFails() {
        Rig rig = new Rig().module("f", new Counting("one", "")).openTo("a");
        roundTrip(rig);
        rig.fill(0, null).machine.planPublished(rig.plan());
        rig.fill(0, new Counting("two", "import")).machine.planPublished(rig.plan());
        rig.send(Wire.query("select 2"));
        assertThat(rig.machine.standing().waitingFor()).isEqualTo("filter 'f'");
        rig.fill(0, new Counting("three", "")).machine.planPublished(rig.plan());
        assertThat(log).endsWith("three 2");
    }

    @Test
    void shouldEndTheSessionThatANewFilterRefuses() {
        Rig rig = new Rig().openTo("a");
        roundTrip(rig);
        rig.module("f", new Counting("one", "refuse")).machine.planPublished(rig.plan());
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 4000 not you");
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
    }

    @Test
    void shouldLoseTheStateThatCannotBeHadRatherThanTheSession() {
        Rig rig = new Rig().module("f", new Counting("one", "export")).openTo("a");
        roundTrip(rig);
        rig.fill(0, null).machine.planPublished(rig.plan());
        rig.fill(0, new Counting("two", "")).machine.planPublished(rig.plan());
        roundTrip(rig);
        assertThat(log).containsExactly("one 1", "one closed", "two 1");
    }

    @Test
    void shouldRefuseTheLoginThatAFilterRefuses() {
        for (String flaw : List.of("open", "refuse", "interest")) {
            Rig rig = new Rig().module("f", new Counting("one", flaw)).openTo("a");
            assertThat(rig.log).hasSize(2).first().asString().startsWith("refused ERROR");
            assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
        }
    }

    @Test
    void shouldOpenWhenTheLastSlotIsFilled() {
        Rig rig = new Rig().module("f", null).openTo("a");
        assertThat(rig.log).isEmpty();
        rig.fill(0, new Counting("one", "")).machine.planPublished(rig.plan());
        assertThat(rig.log).containsExactly("opened");
        roundTrip(rig);
    }

    @Test
    void shouldRefuseTheLoginWhenTheWaitIsOver() {
        Rig rig = new Rig().module("f", null).openTo("a").pass(Duration.ofSeconds(30));
        assertThat(rig.log).containsExactly("refused ERROR 1105 (HY000): filter 'f' is not available", "close client");
    }

    @Test
    void shouldNotMoveWhileAHoldOrABackgroundTaskIsOpen() {
        List<Hold<Verdict>> holds = new ArrayList<>();
        Counting counting = new Counting("one", "");
        Rig rig = new Rig()
                .module("f", counting)
                .filter("h", new FilterSession() {
                    @Override
                    public CommandInterest interest() {
                        return CommandInterest.head(5);
                    }

                    @Override
                    public Verdict onCommand(Command command, Holds made) {
                        holds.add(made.hold(Duration.ofSeconds(60), Verdict.forward()));
                        return Verdict.hold(holds.get(0));
                    }
                })
                .openTo("a");
        rig.send(Wire.command(0x19, new byte[4]));
        counting.context.background(() -> 1, (result, failure) -> log.add("outcome " + result));
        rig.fill(0, new Counting("two", "")).machine.planPublished(rig.plan());
        assertThat(holds.get(0).resume(Verdict.forward())).isTrue();
        Runnable background = rig.tasks.pollFirst();
        rig.run();
        assertThat(log).doesNotContain("one closed");
        background.run();
        assertThat(log).containsExactly("one 1", "outcome 1", "one closed");
    }

    @Test
    void shouldDropTheOutcomeOfATaskWhoseSlotIsGone() {
        Counting counting = new Counting("one", "");
        Rig rig = new Rig().module("f", counting).openTo("a");
        counting.context.background(() -> 1, (result, failure) -> log.add("outcome"));
        rig.machine.clientClosed();
        rig.run();
        assertThat(log).containsExactly("one closed");
    }
}
