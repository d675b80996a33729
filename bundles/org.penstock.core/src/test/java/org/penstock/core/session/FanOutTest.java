package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.router.CoreServices;
import org.penstock.api.router.OnLoss;
import org.penstock.wire.PacketWriter;

class FanOutTest {
    private final Routing routing = new Routing();
    private final Rig rig = new Rig();

    @AfterEach
    void nothingIsLeftBehind() {
        rig.machine.close();
        assertThat(rig.ledger.open()).isZero();
    }

    @Test
    void shouldGiveUpAServerThatAnswersOtherwise() {
        rig.open(routing.router());
        rig.send(Wire.query("set x"));
        assertThat(rig.got("a")).isEqualTo(Wire.query("set x"));
        assertThat(rig.got("b")).isEqualTo(Wire.query("set x"));
        rig.reply("b", Wire.error(1, 1193));
        assertThat(routing.lost).isEmpty();
        rig.reply("a", Wire.ok(1, 7));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 7");
        assertThat(routing.lost).containsExactly("b");
        assertThat(rig.log).contains("close b");
        assertThat(routing.context.connected()).containsExactly("a");
        assertThat(rig.machine.standing().idle()).isTrue();
    }

    @Test
    void shouldGiveUpAServerThatAnswersOtherwiseLater() {
        rig.open(routing.router());
        rig.send(Wire.query("set x"));
        rig.reply("a", Wire.error(1, 1064));
        assertThat(Wire.packets(rig.got())).hasSize(1);
        assertThat(routing.lost).isEmpty();
        rig.reply("b", Wire.ok(1, 0));
        assertThat(routing.lost).containsExactly("b");
    }

    @Test
    void shouldKeepServersThatFailAlike() {
        rig.open(routing.router());
        rig.send(Wire.query("set x")).reply("b", Wire.error(1, 1193)).reply("a", Wire.error(1, 1064));
        assertThat(routing.lost).isEmpty();
        assertThat(routing.context.connected()).containsExactly("a", "b");
    }

    @Test
    void shouldRouteWhatWaitsForAServerThatIsGivenUpAnew() {
        rig.open(routing.router());
        routing.executes = "b";
        rig.send(Wire.query("set x"));
        rig.reply("a", Wire.ok(1, 1));
        rig.got();
        rig.send(Wire.query("read"));
        routing.executes = "a";
        rig.got("a");
        rig.reply("b", Wire.error(1, 1193));
        assertThat(routing.lost).containsExactly("b");
        assertThat(rig.got("a")).isEqualTo(Wire.query("read"));
    }

    @Test
    void shouldEndTheSessionWhenTheRouterSaysSo() {
        rig.open(routing.router());
        routing.onLoss = OnLoss.CLOSE;
        rig.send(Wire.query("set x")).reply("a", Wire.ok(1, 1)).reply("b", Wire.error(1, 1193));
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
    }

    @Test
    void shouldGiveUpServersThatMayHaveDoneWhatFailedForTheClient() {
        rig.open(routing.router());
        rig.send(Wire.query("set x")).lose("a");
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1927 lost");
        assertThat(routing.lost).containsExactly("a waiting", "b");
        assertThat(routing.context.connected()).isEmpty();
    }

    @Test
    void shouldGiveThemUpWithoutAHistoryToo() {
        routing.needs = new CoreServices(true, 0, false, false);
        rig.open(routing.router());
        rig.send(Wire.query("set x")).lose("a");
        assertThat(routing.lost).containsExactly("a waiting", "b");
    }

    @Test
    void shouldLeaveItToTheRouterWhereTheCoreKnowsNothingOfTheSession() {
        routing.needs = CoreServices.NONE;
        rig.open(routing.router());
        rig.send(Wire.query("set x")).lose("a");
        assertThat(routing.lost).containsExactly("a waiting");
    }

    @Test
    void shouldKeepAServerThatFailedAsTheLostOneDidForTheClient() {
        rig.open(routing.router());
        rig.send(Wire.query("set x")).reply("b", Wire.error(1, 1193)).lose("a");
        assertThat(routing.lost).containsExactly("a waiting");
        assertThat(routing.context.connected()).containsExactly("b");
    }

    @Test
    void shouldRefuseACommandForAllServersOf16MiBAndGoOn() {
        rig.open(routing.router());
        byte[] payload = new byte[PacketWriter.MAX_PACKET + 10];
        Arrays.fill(payload, (byte) ' ');
        payload[0] = 3;
        rig.send(PacketWriter.frame(0, payload));
        assertThat(Wire.packets(rig.got())).singleElement().asString().startsWith("2 error 1153");
        assertThat(rig.got("a")).isEmpty();
        rig.send(Wire.query("a: x")).reply("a", Wire.ok(1, 2));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 2");
    }

    @Test
    void shouldTellTheRouterOfRepliesFromOneServer() {
        rig.open(routing.router());
        rig.send(Wire.query("b: x")).reply("b", Wire.error(1, 1064));
        rig.send(Wire.query("set x")).reply("a", Wire.ok(1, 1)).reply("b", Wire.ok(1, 1));
        rig.send(Wire.query("a: x")).reply("a", Wire.ok(1, 1));
        assertThat(routing.replies).containsExactly("b 1064", "a 0");
    }

    @Test
    void shouldNotTellARouterThatDoesNotAsk() {
        routing.needs = CoreServices.NONE;
        rig.open(routing.router());
        rig.send(Wire.query("b: x")).reply("b", Wire.ok(1, 1));
        assertThat(routing.replies).isEmpty();
    }

    @Test
    void shouldPingAServerThatIsNotUsed() {
        rig.open(routing.router());
        rig.machine.ping(rig.links.get("b"));
        assertThat(rig.got("b")).isEqualTo(Wire.command(14));
        rig.machine.ping(rig.links.get("b"));
        assertThat(rig.got("b")).as("one at a time").isEmpty();
        rig.send(Wire.query("b: x"));
        assertThat(rig.got("b")).isEqualTo(Wire.query("b: x"));
        rig.reply("b", Wire.join(Wire.ok(1, 1), Wire.ok(1, 2)));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 2");
    }

    @Test
    void shouldNotPingIntoTheMiddleOfACommand() {
        rig.open(routing.router());
        rig.send(Arrays.copyOf(Wire.query("b: " + "x".repeat(2000)), 1500));
        rig.got("b");
        rig.machine.ping(rig.links.get("b"));
        assertThat(rig.got("b")).isEmpty();
    }

    @Test
    void shouldConnectInTheBackground() {
        routing.first = java.util.List.of("a");
        rig.open(routing.router());
        rig.connects = false;
        routing.context.connect("b");
        routing.context.connect("nowhere");
        rig.send(Wire.query("a: x")).reply("a", Wire.ok(1, 1));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1");
        assertThat(routing.context.connected()).containsExactly("a", "b");
        rig.lose("b");
        assertThat(routing.lost).containsExactly("b");
        assertThat(routing.context.connected()).containsExactly("a");
    }

    @Test
    void shouldOpenWithoutAServerThatCannotBeReachedWhenTheRouterGoesOn() {
        rig.connects = false;
        rig.open(routing.router());
        rig.lose("b");
        assertThat(routing.lost).containsExactly("b");
        assertThat(rig.log).doesNotContain("opened");
        rig.machine.serverReady(rig.links.get("a"), 2);
        assertThat(rig.log).contains("opened");
    }

    @Test
    void shouldRefuseTheLoginWhenTheRouterDoesNotGoOn() {
        rig.connects = false;
        routing.onLoss = OnLoss.close(new org.penstock.api.error.SqlError(2003, "HY000", "no primary"));
        rig.open(routing.router());
        rig.lose("a");
        assertThat(rig.log).anyMatch(line -> line.startsWith("refused") && line.contains("no primary"));
    }

    @Test
    void shouldDisconnectBehindWhatIsInFlight() {
        rig.open(routing.router());
        rig.send(Wire.query("b: x"));
        routing.context.disconnect("b");
        rig.run();
        assertThat(routing.context.connected()).containsExactly("a");
        assertThat(rig.log).doesNotContain("close b");
        rig.reply("b", Wire.ok(1, 4));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 4");
        assertThat(rig.log).contains("close b");
        assertThat(routing.lost).isEmpty();
    }

    @Test
    void shouldDisconnectAnIdleServerAndConnectItAnew() {
        rig.open(routing.router());
        routing.context.disconnect("b");
        rig.run();
        assertThat(rig.log).contains("close b");
        rig.got("b");
        rig.send(Wire.query("b: y")).run();
        assertThat(rig.got("b")).isEqualTo(Wire.query("b: y"));
        rig.reply("b", Wire.ok(1, 4));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 4");
        assertThat(routing.lost).isEmpty();
    }

    @Test
    void shouldAnswerWithAnErrorWhenALeavingServerIsLost() {
        rig.open(routing.router());
        rig.send(Wire.query("b: x"));
        routing.context.disconnect("b");
        rig.run().lose("b");
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 1927 lost");
        assertThat(routing.lost).isEmpty();
        assertThat(rig.machine.standing().idle()).isTrue();
    }
}
