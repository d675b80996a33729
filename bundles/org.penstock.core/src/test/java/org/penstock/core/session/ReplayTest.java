package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.router.CoreServices;
import org.penstock.api.router.OnLoss;

class ReplayTest {
    private final Routing routing = new Routing();
    private final Rig rig = new Rig();

    ReplayTest() {
        routing.first = List.of("a");
    }

    @AfterEach
    void nothingIsLeftBehind() {
        rig.machine.close();
        assertThat(rig.ledger.open()).isZero();
    }

    /** A command for all servers that a alone has. */
    private void told(String sql) {
        rig.send(Wire.query(sql)).reply("a", Wire.ok(1, 1));
        rig.got();
        rig.got("a");
    }

    /** The texts of what a server got. */
    private List<String> texts(String server) {
        List<String> texts = new ArrayList<>();
        PacketStream stream = new PacketStream();
        stream.add(rig.got(server));
        for (PacketStream.Packet packet = stream.next(); packet != null; packet = stream.next()) {
            byte[] payload = packet.payload();
            String text = new String(payload, 1, payload.length - 1, StandardCharsets.ISO_8859_1);
            texts.add(payload[0] == 3 ? text : Integer.toHexString(payload[0] & 0xFF) + " " + text);
        }
        return texts;
    }

    @Test
    void shouldRepeatTheHistoryBeforeTheFirstUse() {
        rig.open(routing.router());
        told("set a=1");
        told("set b=2");
        rig.send(Wire.query("b: x")).run();
        assertThat(texts("b")).containsExactly("set a=1", "set b=2");
        rig.reply("b", Wire.ok(1, 0));
        assertThat(texts("b")).isEmpty();
        rig.reply("b", Wire.ok(1, 0));
        assertThat(texts("b")).containsExactly("b: x");
        rig.reply("b", Wire.ok(1, 9));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 9");
    }

    @Test
    void shouldRepeatOneByOneWhatIsNoPlainAssignment() {
        rig.open(routing.router());
        told("set @a = @b := 1");
        told("set b=2");
        rig.send(Wire.query("b: x")).run();
        assertThat(texts("b")).containsExactly("set @a = @b := 1");
        rig.reply("b", Wire.ok(1, 0));
        assertThat(texts("b")).containsExactly("set b=2");
    }

    @Test
    void shouldNotKeepWhatFailedOrWentToOneServer() {
        rig.open(routing.router());
        rig.send(Wire.query("set no")).reply("a", Wire.error(1, 1193));
        rig.send(Wire.query("a: y")).reply("a", Wire.ok(1, 0));
        rig.send(Wire.query("b: x")).run();
        assertThat(texts("b")).containsExactly("b: x");
    }

    @Test
    void shouldLoseAConnectionWhoseServerRefusesWhatTheSessionDid() {
        rig.open(routing.router());
        told("set a=1");
        rig.send(Wire.query("b: x"));
        for (int i = 0; i <= Retry.MAX_ATTEMPTS; i++) {
            rig.run().reply("b", Wire.error(1, 1193));
        }
        assertThat(routing.lost).hasSize(Retry.MAX_ATTEMPTS + 1).last().isEqualTo("b waiting");
        assertThat(Wire.packets(rig.got()))
                .containsExactly("1 error 1105 server 'b': the session's state could not be repeated there: COM_QUERY"
                        + " failed with error 1193");
        assertThat(rig.log).contains("close b");
    }

    @Test
    void shouldRouteWhatWaitsForItElsewhere() {
        routing.retries = true;
        routing.executes = "b";
        rig.open(routing.router());
        told("set a=1");
        rig.send(Wire.query("read")).run();
        routing.executes = "a";
        rig.reply("b", Wire.error(1, 1193));
        assertThat(routing.lost).containsExactly("b");
        assertThat(texts("a")).containsExactly("read");
        rig.reply("a", Wire.ok(1, 3));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 3");
    }

    @Test
    void shouldGiveACommandForAllServersToAConnectionUnderWayThroughTheHistory() {
        rig.open(routing.router());
        told("set a=1");
        rig.connects = false;
        routing.context.connect("b");
        rig.send(Wire.query("set c=3"));
        assertThat(texts("a")).as("does not wait for b").containsExactly("set c=3");
        rig.machine.serverReady(rig.links.get("b"), 2);
        assertThat(texts("b")).containsExactly("set a=1");
        rig.reply("b", Wire.ok(1, 0));
        assertThat(rig.machine.connections().get(1).ready())
                .as("until it has all")
                .isFalse();
        rig.reply("a", Wire.ok(1, 5));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 5");
        assertThat(texts("b")).containsExactly("set c=3");
        rig.reply("b", Wire.ok(1, 0));
        assertThat(rig.machine.connections().get(1).ready()).isTrue();
    }

    @Test
    void shouldForgetEverythingWithAResetAndResetConnectionsUnderWay() {
        rig.open(routing.router());
        told("set a=1");
        routing.context.connect("b");
        rig.run();
        assertThat(texts("b")).containsExactly("set a=1");
        rig.send(Wire.command(0x1F)).reply("a", Wire.ok(1, 0));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 0");
        assertThat(texts("b")).isEmpty();
        rig.reply("b", Wire.ok(1, 0));
        assertThat(texts("b")).containsExactly("1f ");
        rig.reply("b", Wire.ok(1, 0));
        told("set d=1");
        rig.send(Wire.query("b: x"));
        assertThat(texts("b")).containsExactly("set d=1");
        rig.reply("b", Wire.ok(1, 0));
        assertThat(texts("b")).containsExactly("b: x");
    }

    @Test
    void shouldForgetWhatIsOverwrittenBeyondTheLimit() {
        routing.needs = new CoreServices(true, 2, true, false);
        rig.open(routing.router());
        told("set a=1");
        told("set b=1");
        told("set a=2");
        rig.send(Wire.query("b: x")).run();
        assertThat(texts("b")).containsExactly("set b=1", "set a=2");
    }

    @Test
    void shouldOpenNothingMoreWhereNotAllThatIsInForceIsKept() {
        routing.needs = new CoreServices(true, 2, true, false);
        rig.open(routing.router());
        told("set a=1");
        told("set b=1");
        assertThat(rig.machine.keeping().replayable()).isTrue();
        told("set c=1");
        assertThat(rig.machine.keeping().replayable()).isFalse();
        rig.send(Wire.query("b: x")).run();
        assertThat(texts("b")).isEmpty();
        assertThat(Wire.packets(rig.got()))
                .singleElement()
                .asString()
                .startsWith("1 error 1105 server 'b': the session's history was not kept")
                .contains("max_sescmd_history");
    }

    @Test
    void shouldOpenNothingMoreBeyondTheLimitWithoutPruning() {
        routing.needs = new CoreServices(true, 2, false, false);
        rig.open(routing.router());
        told("set a=1");
        told("set b=1");
        told("set c=1");
        rig.send(Wire.query("b: x")).run();
        assertThat(texts("b")).isEmpty();
        assertThat(Wire.packets(rig.got()))
                .singleElement()
                .asString()
                .startsWith("1 error 1105 server 'b': the session's history was not kept");
        rig.send(Wire.command(0x1F)).reply("a", Wire.ok(1, 0));
        rig.got();
        rig.send(Wire.query("b: x")).run();
        assertThat(texts("b")).containsExactly("b: x");
    }

    @Test
    void shouldPrepareAnewUnderTheClientsIds() {
        rig.open(routing.router());
        rig.send(Wire.command(0x16, "select 1".getBytes(StandardCharsets.US_ASCII)));
        rig.reply("a", StatementIdsTest.prepared(1, 77, 0));
        rig.got();
        rig.got("a");
        rig.send(Wire.command(0x16, "select 2".getBytes(StandardCharsets.US_ASCII)));
        rig.reply("a", StatementIdsTest.prepared(1, 78, 0));
        rig.got();
        rig.got("a");
        rig.send(Wire.command(0x19, (byte) 1, (byte) 0, (byte) 0, (byte) 0));
        rig.got("a");
        routing.executes = "b";
        rig.send(StatementIdsTest.execute(2)).run();
        assertThat(texts("b")).containsExactly("16 select 2");
        rig.reply("b", StatementIdsTest.prepared(1, 1234, 0));
        assertThat(rig.got("b")).isEqualTo(StatementIdsTest.execute(1234));
        rig.reply("b", Wire.ok(1, 6));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 6");
    }

    @Test
    void shouldCloseWhatTheClientClosedWhileItWasRepeated() {
        rig.open(routing.router());
        rig.send(Wire.command(0x16, "select 1".getBytes(StandardCharsets.US_ASCII)));
        rig.reply("a", StatementIdsTest.prepared(1, 77, 0));
        rig.got();
        routing.context.connect("b");
        rig.run();
        assertThat(texts("b")).containsExactly("16 select 1");
        rig.send(Wire.command(0x19, (byte) 1, (byte) 0, (byte) 0, (byte) 0));
        rig.reply("b", StatementIdsTest.prepared(1, 9, 0));
        assertThat(rig.got("b")).isEqualTo(Wire.command(0x19, (byte) 9, (byte) 0, (byte) 0, (byte) 0));
    }

    /** A statement that set something, and that the client has closed. */
    private void executedAndClosed(boolean later) {
        routing.executesAll = true;
        rig.send(Wire.command(0x16, "set @a=?".getBytes(StandardCharsets.US_ASCII)));
        rig.reply("a", StatementIdsTest.prepared(1, 77, 1));
        rig.send(StatementIdsTest.execute(1, 0, 1, 8, 0, 5));
        rig.reply("a", Wire.ok(1, 0));
        if (later) {
            routing.context.connect("b");
            rig.run();
            assertThat(texts("b")).containsExactly("16 set @a=?");
        }
        rig.send(StatementIdsTest.about(0x19, 1));
        rig.got();
        rig.got("a");
    }

    @Test
    void shouldExecuteAgainWhatWasClosedBehindIt() {
        rig.open(routing.router());
        executedAndClosed(false);
        rig.send(Wire.query("b: x")).run();
        assertThat(texts("b")).containsExactly("16 set @a=?");
        rig.reply("b", StatementIdsTest.prepared(1, 9, 1));
        assertThat(rig.got("b")).isEqualTo(StatementIdsTest.execute(9, 0, 1, 8, 0, 5));
        rig.reply("b", Wire.ok(1, 0));
        assertThat(rig.got("b")).isEqualTo(Wire.join(StatementIdsTest.about(0x19, 9), Wire.query("b: x")));
    }

    @Test
    void shouldExecuteAgainWhatIsClosedWhileItIsRepeated() {
        rig.open(routing.router());
        executedAndClosed(true);
        assertThat(rig.got("b")).isEmpty();
        rig.reply("b", StatementIdsTest.prepared(1, 9, 1));
        assertThat(rig.got("b")).isEqualTo(StatementIdsTest.execute(9, 0, 1, 8, 0, 5));
        rig.reply("b", Wire.ok(1, 0));
        assertThat(rig.got("b")).isEqualTo(StatementIdsTest.about(0x19, 9));
        assertThat(rig.machine.connections().get(1).ready()).isTrue();
    }

    @Test
    void shouldPrepareUnderTheDatabaseOfThePreparation() {
        rig.open(routing.router());
        told("use one");
        rig.send(Wire.command(0x16, "select 1".getBytes(StandardCharsets.US_ASCII)));
        rig.reply("a", StatementIdsTest.prepared(1, 77, 0));
        told("use `t``wo` -- now");
        told("use one");
        told("use three;");
        rig.got();
        routing.context.connect("b");
        rig.run();
        assertThat(texts("b")).containsExactly("2 one", "16 select 1", "use `t``wo` -- now", "use one", "use three;");
    }

    @Test
    void shouldWaitForConnectionsUnderWayBeforeTheAccountChanges() {
        rig.open(routing.router());
        told("set a=1");
        routing.context.connect("b");
        rig.run();
        rig.send(Wire.command(0x11, (byte) 'u', (byte) 0));
        assertThat(rig.log).noneMatch(line -> line.startsWith("change user"));
        rig.reply("b", Wire.ok(1, 0));
        assertThat(rig.log).anyMatch(line -> line.startsWith("change user"));
    }

    @Test
    void shouldEndTheSessionWhenTheRouterSaysSo() {
        rig.open(routing.router());
        told("set a=1");
        routing.onLoss = OnLoss.CLOSE;
        routing.context.connect("b");
        rig.run().reply("b", Wire.error(1, 1));
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
    }
}
