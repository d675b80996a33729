package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Hold;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterSession;

class RetryTest {
    private final Routing routing = new Routing();
    private final Rig rig = new Rig();

    RetryTest() {
        routing.retries = true;
        routing.executes = "b";
    }

    @AfterEach
    void nothingIsLeftBehind() {
        rig.machine.close();
        assertThat(rig.ledger.open()).isZero();
    }

    @Test
    void shouldRouteACommandAnewWhoseServerIsLost() {
        rig.open(routing.router());
        rig.send(Wire.query("read 1"));
        routing.executes = "a";
        rig.lose("b");
        assertThat(routing.lost).containsExactly("b");
        assertThat(routing.asked).containsExactly("read 1", "read 1");
        assertThat(rig.got("a")).isEqualTo(Wire.query("read 1"));
        assertThat(rig.got()).isEmpty();
        rig.reply("a", Wire.rows("1"));
        assertThat(rig.got()).isEqualTo(Wire.rows("1"));
        assertThat(rig.machine.standing().idle()).isTrue();
    }

    @Test
    void shouldKeepTheOrderOfPipelinedOnes() {
        rig.open(routing.router());
        rig.send(Wire.join(Wire.query("read 1"), Wire.query("read 2"), Wire.query("read 3")));
        routing.executes = "a";
        rig.lose("b");
        assertThat(rig.got("a")).isEqualTo(Wire.join(Wire.query("read 1"), Wire.query("read 2"), Wire.query("read 3")));
        rig.reply("a", Wire.join(Wire.ok(1, 1), Wire.ok(1, 2), Wire.ok(1, 3)));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1", "1 ok 2", "1 ok 3");
    }

    @Test
    void shouldNotRepeatWhatTheRouterDidNotAllow() {
        routing.retries = false;
        rig.open(routing.router());
        rig.send(Wire.query("b: write")).lose("b");
        assertThat(routing.lost).containsExactly("b waiting");
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1927 lost");
    }

    @Test
    void shouldNotRepeatOnceTheReplyHasBegun() {
        rig.open(routing.router());
        rig.send(Wire.query("read"));
        byte[] rows = Wire.rows("1", "2");
        rig.reply("b", Arrays.copyOf(rows, 5));
        rig.lose("b");
        assertThat(routing.lost).containsExactly("b waiting");
        assertThat(Wire.packets(rig.got())).last().asString().isEqualTo("2 error 1927 lost");
    }

    @Test
    void shouldRepeatWhenOnlyAPartOfTheFirstPacketHadCome() {
        rig.open(routing.router());
        rig.send(Wire.query("read"));
        rig.reply("b", Arrays.copyOf(Wire.rows("1"), 4));
        routing.executes = "a";
        rig.lose("b");
        assertThat(rig.got("a")).isEqualTo(Wire.query("read"));
        rig.reply("a", Wire.ok(1, 1));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1");
    }

    @Test
    void shouldAnswerInOrderWhenOneOfThemCannotBeRepeated() {
        rig.open(routing.router());
        routing.retries = false;
        rig.send(Wire.query("read 1"));
        routing.retries = true;
        rig.send(Wire.query("read 2"));
        routing.executes = "a";
        rig.lose("b");
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1927 lost");
        assertThat(rig.got("a")).isEqualTo(Wire.query("read 2"));
        rig.reply("a", Wire.ok(1, 2));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 2");
    }

    @Test
    void shouldLetNoCommandOvertake() {
        rig.open(routing.router());
        rig.send(Wire.query("read 1"));
        routing.executes = "c?";
        rig.connects = false;
        routing.executes = "b";
        rig.lose("b");
        rig.send(Wire.query("a: later"));
        assertThat(rig.got("a")).isEmpty();
        rig.machine.serverReady(rig.links.get("b"), 2);
        rig.reply("b", Wire.ok(1, 1));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1");
        assertThat(rig.got("a")).isEqualTo(Wire.query("a: later"));
    }

    @Test
    void shouldGiveUpAfterSomeAttempts() {
        rig.open(routing.router());
        rig.send(Wire.query("read 1"));
        for (int i = 0; i < 100 && rig.links.containsKey("b"); i++) {
            rig.lose("b");
            rig.run();
        }
        assertThat(routing.lost).hasSize(Retry.MAX_ATTEMPTS + 1).last().isEqualTo("b waiting");
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1927 lost");
    }

    @Test
    void shouldRouteAnewWhatWasNeverSentThoughItMayNotBeRepeated() {
        routing.retries = false;
        rig.open(routing.router());
        rig.lose("b");
        rig.connects = false;
        rig.send(Wire.query("read once"));
        routing.executes = "a";
        rig.lose("b");
        assertThat(routing.lost).containsExactly("b", "b");
        assertThat(rig.got("a")).isEqualTo(Wire.query("read once"));
        rig.reply("a", Wire.ok(1, 1));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1");
    }

    @Test
    void shouldHoldALostCommandAndGoOnWhenItIsResumed() {
        rig.open(new Holding().router());
        rig.send(Wire.query("read"));
        rig.lose("b");
        assertThat(rig.got()).isEmpty();
        rig.send(Wire.query("read behind"));
        assertThat(rig.got("a")).isEmpty();
        Holding.held.resume(Route.to("a"));
        rig.run();
        assertThat(rig.got("a")).isEqualTo(Wire.query("read"));
        rig.reply("a", Wire.ok(1, 1));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1");
    }

    @Test
    void shouldAnswerByItselfInTheCommandsPlace() {
        rig.open(new Holding().router());
        rig.send(Wire.query("read"));
        rig.lose("b");
        Holding.held.resume(Route.answer(new Answer.Ok(9, 0, 0, "")));
        rig.run();
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 9");
        assertThat(rig.machine.standing().idle()).isTrue();
    }

    @Test
    void shouldDecideByTheHoldsTimeout() {
        rig.open(new Holding().router());
        rig.send(Wire.query("read"));
        rig.lose("b");
        rig.pass(Duration.ofSeconds(11));
        assertThat(Wire.packets(rig.got())).singleElement().asString().startsWith("1 error 4002");
    }

    @Test
    void shouldAskAQuestionForACommandThatWasLost() {
        rig.open(asking());
        rig.send(Wire.query("read")).run().lose("b").run();
        assertThat(rig.got("a")).isEqualTo(Wire.query("where?"));
        rig.reply("a", Wire.rows("c")).run();
        assertThat(rig.got()).isEmpty();
        assertThat(rig.got("c")).isEqualTo(Wire.query("read"));
        rig.reply("c", Wire.ok(1, 5));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 5");
        assertThat(rig.machine.standing().idle()).isTrue();
    }

    @Test
    void shouldAskForALostCommandWhileItAsksForTheNextOne() {
        rig.open(asking());
        rig.send(Wire.join(Wire.query("read"), Wire.query("ask"))).run();
        assertThat(rig.got("a")).isEqualTo(Wire.query("where?"));
        rig.lose("b").run();
        assertThat(rig.got("a")).isEqualTo(Wire.query("where?"));
        rig.reply("a", Wire.join(Wire.rows("a"), Wire.rows("c"))).run();
        assertThat(rig.got("c")).isEqualTo(Wire.query("read"));
        assertThat(rig.got("a")).isEmpty();
        rig.reply("c", Wire.ok(1, 5));
        assertThat(rig.got("a")).isEqualTo(Wire.query("ask"));
        rig.reply("a", Wire.ok(1, 6));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 5", "1 ok 6");
    }

    @Test
    void shouldAnswerWithTheLossOfTheServerThatIsAskedForALostCommand() {
        rig.open(asking());
        rig.send(Wire.query("read")).run().lose("b").run().lose("a").run();
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1927 lost");
        assertThat(rig.machine.standing().idle()).isTrue();
    }

    /** Sends what reads to b; asks a where everything else goes, and what comes back from b. */
    private static RouterSession asking() {
        List<String> read = new java.util.ArrayList<>();
        return Rig.router((command, holds) -> {
            boolean first = command.sql().equals("read") && read.isEmpty();
            read.add(command.sql());
            return first
                    ? Route.to("b", true)
                    : Route.ask(
                            "a",
                            "where?",
                            result -> Route.to(result.rows().get(0).get(0), true));
        });
    }

    /** Sends to b, and holds what comes back from there. */
    private static final class Holding {
        static Hold<Route> held;

        org.penstock.api.router.Router router() {
            return context -> new RouterSession() {
                @Override
                public CommandInterest interest() {
                    return CommandInterest.head(100);
                }

                @Override
                public List<String> connectFirst() {
                    return List.of("a", "b");
                }

                @Override
                public Route route(Command command, Holds holds) {
                    if (context.connected().contains("b")) {
                        return Route.to("b", true);
                    }
                    held = holds.hold(
                            Duration.ofSeconds(10),
                            Route.fail(new org.penstock.api.error.SqlError(4002, "HY000", "nobody")));
                    return Route.hold(held);
                }

                @Override
                public OnLoss onConnectionLost(org.penstock.api.server.ServerView server, boolean waiting) {
                    return OnLoss.GO_ON;
                }
            };
        }
    }

    @Test
    void shouldShowFiltersTheReplyOnceOnly() {
        List<String> shown = new java.util.ArrayList<>();
        rig.filter("f", new FilterSession() {
            @Override
            public CommandInterest interest() {
                return CommandInterest.head(10);
            }

            @Override
            public Verdict onCommand(Command command, Holds holds) {
                shown.add("command");
                return Verdict.forward(ReplyInterest.ROWS);
            }

            @Override
            public PartVerdict onReply(ReplyPart part) {
                shown.add(part.kind().toString());
                return PartVerdict.pass();
            }
        });
        rig.open(routing.router());
        rig.send(Wire.query("read"));
        routing.executes = "a";
        rig.lose("b");
        rig.reply("a", Wire.ok(1, 1));
        assertThat(shown).containsExactly("command", "OK", "END");
    }

    @Test
    void shouldEndTheSessionWhenTheRouterSaysSo() {
        routing.onLoss = OnLoss.CLOSE;
        rig.open(routing.router());
        rig.send(Wire.query("read")).lose("b");
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1927 lost");
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
    }

    @Test
    void shouldKeepCommandsUpToALengthOnly() {
        rig.open(routing.router());
        rig.send(Wire.query("read " + "x".repeat(Retry.MAX_KEPT))).lose("b");
        assertThat(routing.lost).containsExactly("b waiting");
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1927 lost");
    }

    @Test
    void shouldBringALongReadTogetherToKeepIt() {
        rig.open(routing.router());
        byte[] read = Wire.query("read " + "x".repeat(5000));
        rig.send(Arrays.copyOf(read, 3000));
        assertThat(rig.got("b")).isEmpty();
        rig.send(Arrays.copyOfRange(read, 3000, read.length));
        assertThat(rig.got("b")).isEqualTo(read);
        routing.executes = "a";
        rig.lose("b");
        assertThat(rig.got("a")).isEqualTo(read);
    }

    @Test
    void shouldTakeTheFarewellOfAServerThatGoesDownForItsLoss() {
        rig.open(routing.router());
        rig.send(Wire.query("read"));
        routing.executes = "a";
        rig.reply("b", Wire.error(1, 1053));
        assertThat(rig.got()).isEmpty();
        assertThat(routing.lost).containsExactly("b");
        assertThat(rig.got("a")).isEqualTo(Wire.query("read"));
    }
}
