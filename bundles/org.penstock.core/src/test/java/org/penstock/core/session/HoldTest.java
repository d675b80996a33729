package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Hold;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.Route;

/** Decisions that are put off. */
class HoldTest {
    private static final Verdict LATE = Verdict.fail(new SqlError(4000, "HY000", "too late"));

    private final List<Hold<Verdict>> holds = new ArrayList<>();
    private FilterSession.Holds maker;

    private Rig held() {
        Rig rig = new Rig()
                .filter("f", new FilterSession() {
                    @Override
                    public CommandInterest interest() {
                        return CommandInterest.head(10);
                    }

                    @Override
                    public Verdict onCommand(Command command, Holds made) {
                        maker = made;
                        Hold<Verdict> hold = made.hold(Duration.ofSeconds(5), LATE);
                        holds.add(hold);
                        return Verdict.hold(hold);
                    }
                })
                .openTo("a");
        rig.send(Wire.join(Wire.query("select 1"), Wire.query("select 2"))).run();
        assertThat(holds).hasSize(1);
        assertThat(rig.reading).isFalse();
        assertThat(rig.got("a")).isEmpty();
        return rig;
    }

    @Test
    void shouldGoOnOnceWhenResumed() {
        Rig rig = held();
        Hold<Verdict> hold = holds.get(0);
        assertThat(hold.open()).isTrue();
        assertThat(hold.resume(Verdict.forward())).isTrue();
        assertThat(hold.open()).isFalse();
        assertThat(hold.resume(LATE)).isFalse();
        rig.run().pass(Duration.ofSeconds(4));
        assertThat(rig.got("a")).isEqualTo(Wire.query("select 1"));
        assertThat(holds).as("the next command is held").hasSize(2);
        rig.reply("a", Wire.ok(1, 1));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1");
    }

    @Test
    void shouldDecideByTheTimeout() {
        Rig rig = held();
        rig.pass(Duration.ofSeconds(5));
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 4000 too late");
        assertThat(holds.get(0).resume(Verdict.forward())).isFalse();
        assertThat(holds).hasSize(2);
        holds.get(1).resume(Verdict.answer(new Answer.Ok(3, 0, 0, "")));
        rig.run();
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 3");
        assertThat(rig.machine.standing().idle()).isTrue();
        assertThat(rig.reading).isTrue();
    }

    @Test
    void shouldDropADecisionBehindTheEnd() {
        Rig rig = held();
        rig.machine.clientClosed();
        assertThat(holds.get(0).resume(Verdict.forward())).isFalse();
        rig.run().pass(Duration.ofSeconds(60));
        assertThat(rig.got("a")).isEmpty();
        assertThat(rig.ledger.open()).isZero();
    }

    @Test
    void shouldDropADecisionThatIsOvertakenByTheEnd() {
        Rig rig = held();
        assertThat(holds.get(0).resume(Verdict.forward())).isTrue();
        rig.machine.clientClosed();
        rig.run();
        assertThat(rig.got("a")).isEmpty();
    }

    @Test
    void shouldTellTheHeldCommandThatTheSessionEnds() {
        Rig rig = held();
        rig.machine.end(new SqlError(4999, "HY000", "over"));
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 4999 over");
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
        assertThat(rig.ledger.open()).isZero();
    }

    @Test
    void shouldRefuseHoldsWhenNothingIsBeingDecided() {
        held();
        assertThatThrownBy(() -> maker.hold(Duration.ofSeconds(1), LATE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldEndTheSessionAtADecisionThatIsNone() {
        Rig rig = held();
        holds.get(0).resume(null);
        rig.run();
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1105 filter 'f' failed: IllegalArgumentException");
    }

    @Test
    void shouldForgetAHoldThatIsNotUsed() {
        List<Hold<Route>> unused = new ArrayList<>();
        Rig rig = new Rig()
                .open(Rig.router((command, made) -> {
                    unused.add(made.hold(Duration.ofSeconds(5), Route.fail(new SqlError(1, "HY000", "no"))));
                    return Route.to("a");
                }))
                .send(Wire.query("select 1"))
                .run();
        assertThat(unused.get(0).open()).isFalse();
        rig.pass(Duration.ofSeconds(5)).reply("a", Wire.ok(1, 1));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1");
    }

    @Test
    void shouldRouteWhenTheRouterResumes() {
        List<Hold<Route>> routes = new ArrayList<>();
        Rig rig = new Rig()
                .open(Rig.router((command, made) -> {
                    routes.add(made.hold(Duration.ofSeconds(5), Route.to("a")));
                    return Route.hold(routes.get(routes.size() - 1));
                }))
                .send(Wire.query("select 1"));
        routes.get(0).resume(Route.to("b"));
        rig.run();
        assertThat(rig.got("b")).isEqualTo(Wire.query("select 1"));
    }
}
