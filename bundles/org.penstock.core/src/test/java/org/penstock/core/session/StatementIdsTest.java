package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.router.CoreServices;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ColumnDefinition41;
import org.penstock.wire.packet.OkPacket;

class StatementIdsTest {
    private static final int CURSOR_EXISTS = 0x40;
    private static final int LAST_ROW = 0x80;

    private final Routing routing = new Routing();
    private final Rig rig = new Rig();

    @AfterEach
    void nothingIsLeftBehind() {
        rig.machine.close();
        assertThat(rig.ledger.open()).isZero();
    }

    /** A server's answer to a prepare. */
    static byte[] prepared(int sequence, int id, int parameters) {
        byte[] all = PacketWriter.frame(
                sequence,
                new PacketWriter()
                        .writeByte(0)
                        .writeInt(id)
                        .writeShort(0)
                        .writeShort(parameters)
                        .writeByte(0)
                        .writeShort(0)
                        .toByteArray());
        for (int i = 1; i <= parameters; i++) {
            all = Wire.join(
                    all,
                    PacketWriter.frame(
                            sequence + i, ColumnDefinition41.text("?").encode(Rig.CAPABILITIES)));
        }
        return all;
    }

    static byte[] prepare(String sql) {
        return Wire.command(0x16, sql.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] about(int code, int id, int... rest) {
        PacketWriter writer = new PacketWriter().writeByte(code).writeInt(id);
        for (int b : rest) {
            writer.writeByte(b);
        }
        return PacketWriter.frame(0, writer.toByteArray());
    }

    static byte[] execute(int id, int... behind) {
        int[] rest = new int[5 + behind.length];
        rest[1] = 1;
        System.arraycopy(behind, 0, rest, 5, behind.length);
        return about(0x17, id, rest);
    }

    static byte[] withCursor(int id) {
        return about(0x17, id, 1, 1, 0, 0, 0);
    }

    private static byte[] okWith(int status) {
        return PacketWriter.frame(1, OkPacket.of(0, 0, 2 | status, 0).encode(Rig.CAPABILITIES));
    }

    private void open(int parameters) {
        rig.open(routing.router());
        rig.send(prepare("select ?"));
        assertThat(rig.got("a")).isEqualTo(prepare("select ?"));
        assertThat(rig.got("b")).isEqualTo(prepare("select ?"));
        rig.reply("a", prepared(1, 70, parameters));
        assertThat(rig.got()).isEqualTo(prepared(1, 1, parameters));
        rig.reply("b", prepared(1, 90, parameters));
    }

    @Test
    void shouldExecuteUnderTheIdOfEachServer() {
        open(0);
        rig.send(execute(1));
        assertThat(rig.got("a")).isEqualTo(execute(70));
        rig.reply("a", Wire.ok(1, 1));
        routing.executes = "b";
        rig.send(execute(1));
        assertThat(rig.got("b")).isEqualTo(execute(90));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x17, 0xFA, 0x18, 0x1A, 0x1C, 0x19})
    void shouldTranslateWhereverTheBytesAreCut(int code) {
        for (int cut = 1; cut < 19; cut++) {
            Rig one = new Rig();
            Routing all = new Routing();
            one.open(all.router());
            one.send(prepare("select ?, ?")).reply("a", prepared(1, 70, 2)).reply("b", prepared(1, 90, 2));
            one.got("a");
            one.got("b");
            byte[] command = about(code, 1, 0, 1, 0, 0, 0, 0, 1, 3, 0, 3, 0, 8, 8);
            one.send(Arrays.copyOf(command, cut));
            one.send(Arrays.copyOfRange(command, cut, command.length));
            byte[] expected = code == 0x19 ? about(0x19, 70) : about(code, 70, 0, 1, 0, 0, 0, 0, 1, 3, 0, 3, 0, 8, 8);
            assertThat(one.got("a")).as("code %x cut at %d", code, cut).isEqualTo(expected);
            one.machine.close();
            assertThat(one.ledger.open()).isZero();
        }
    }

    @Test
    void shouldTranslateAPrepareReplyWhereverItIsCut() {
        byte[] reply = prepared(1, 70, 2);
        for (int cut = 1; cut < reply.length; cut++) {
            Rig one = new Rig();
            one.open(new Routing().router());
            one.send(prepare("select ?, ?"));
            one.reply("a", Arrays.copyOf(reply, cut)).reply("a", Arrays.copyOfRange(reply, cut, reply.length));
            assertThat(one.got()).as("cut at %d", cut).isEqualTo(prepared(1, 1, 2));
            one.machine.close();
            assertThat(one.ledger.open()).isZero();
        }
    }

    @Test
    void shouldWaitForTheIdOfASlowServer() {
        rig.open(routing.router());
        rig.send(prepare("select 1")).reply("a", prepared(1, 70, 0));
        rig.got();
        rig.got("b");
        routing.executes = "b";
        rig.send(execute(1));
        assertThat(rig.got("b")).isEmpty();
        rig.reply("b", prepared(1, 90, 0));
        assertThat(rig.got("b")).isEqualTo(execute(90));
    }

    @Test
    void shouldExecuteTheLastPreparedBeforeItsReply() {
        rig.open(routing.router());
        rig.send(Wire.join(prepare("select 1"), execute(-1)));
        assertThat(rig.got("a")).isEqualTo(Wire.join(prepare("select 1"), execute(-1)));
        rig.reply("a", Wire.join(prepared(1, 70, 0), Wire.ok(1, 4)));
        assertThat(rig.got()).isEqualTo(Wire.join(prepared(1, 1, 0), Wire.ok(1, 4)));
        rig.send(execute(-1));
        assertThat(rig.got("a")).isEqualTo(execute(70));
    }

    @Test
    void shouldReadTheTypesOfAnExecutionThatWasSentWithItsPreparation() {
        rig.open(routing.router());
        rig.send(Wire.join(prepare("select ?"), execute(-1, 0, 1, 8, 0, 5)));
        rig.reply("a", Wire.join(prepared(1, 70, 1), Wire.ok(1, 4)));
        rig.reply("b", prepared(1, 90, 1));
        rig.got("b");
        routing.executes = "b";
        rig.send(execute(1, 0, 0, 6));
        assertThat(rig.got("b")).isEqualTo(execute(90, 0, 1, 8, 0, 6));
    }

    @Test
    void shouldInsertTheTypesThatAServerHasNotGot() {
        open(1);
        rig.send(execute(1, 0, 1, 8, 0, 5)).reply("a", Wire.ok(1, 1));
        rig.send(execute(1, 0, 0, 6));
        assertThat(rig.got("a")).isEqualTo(Wire.join(execute(70, 0, 1, 8, 0, 5), execute(70, 0, 0, 6)));
        rig.reply("a", Wire.ok(1, 1));
        rig.got("b");
        routing.executes = "b";
        rig.send(execute(1, 0, 0, 7)).reply("b", Wire.ok(1, 1));
        rig.send(execute(1, 0, 0, 8)).reply("b", Wire.ok(1, 1));
        assertThat(rig.got("b")).isEqualTo(Wire.join(execute(90, 0, 1, 8, 0, 7), execute(90, 0, 0, 8)));
        rig.send(execute(1, 0, 1, 3, 0, 9)).reply("b", Wire.ok(1, 1));
        routing.executes = "a";
        rig.send(execute(1, 0, 0, 7));
        assertThat(rig.got("a")).isEqualTo(execute(70, 0, 1, 3, 0, 7));
    }

    @Test
    void shouldInsertTypesWhereverTheCommandIsCut() {
        byte[] second = execute(1, 0, 0, 7, 0, 0, 0);
        for (int cut = 1; cut < second.length; cut++) {
            Rig one = new Rig();
            Routing to = new Routing();
            one.open(to.router());
            one.send(prepare("select ?")).reply("a", prepared(1, 70, 1)).reply("b", prepared(1, 90, 1));
            one.send(execute(1, 0, 1, 3, 0, 5, 0, 0, 0)).reply("a", Wire.ok(1, 1));
            one.got("b");
            to.executes = "b";
            one.send(Arrays.copyOf(second, cut)).send(Arrays.copyOfRange(second, cut, second.length));
            assertThat(one.got("b")).as("cut at %d", cut).isEqualTo(execute(90, 0, 1, 3, 0, 7, 0, 0, 0));
            one.machine.close();
            assertThat(one.ledger.open()).isZero();
        }
    }

    @Test
    void shouldInsertTypesIntoABulk() {
        open(1);
        rig.send(about(0xFA, 1, 0x80, 0, 8, 0, 5)).reply("a", Wire.ok(1, 1));
        rig.got("b");
        routing.executes = "b";
        rig.send(about(0xFA, 1, 0x40, 0, 6));
        assertThat(rig.got("b")).isEqualTo(about(0xFA, 90, 0xC0, 0, 8, 0, 6));
    }

    @Test
    void shouldExecuteOnAllServers() {
        rig.open(routing.router());
        rig.send(prepare("set @a=?")).reply("a", prepared(1, 70, 1)).reply("b", prepared(1, 90, 1));
        rig.got("a");
        rig.got("b");
        rig.got();
        routing.executesAll = true;
        rig.send(execute(1, 0, 1, 8, 0, 5));
        assertThat(rig.got("a")).isEqualTo(execute(70, 0, 1, 8, 0, 5));
        assertThat(rig.got("b")).isEqualTo(execute(90, 0, 1, 8, 0, 5));
        rig.reply("a", Wire.ok(1, 1)).reply("b", Wire.ok(1, 1));
        rig.send(execute(1, 0, 0, 6)).reply("a", Wire.ok(1, 1)).reply("b", Wire.ok(1, 1));
        rig.got("b");
        rig.send(Wire.query("c: x")).run();
        assertThat(rig.got("c")).isEqualTo(prepare("set @a=?"));
        rig.reply("c", prepared(1, 5, 1));
        assertThat(rig.got("c")).isEqualTo(execute(5, 0, 1, 8, 0, 5));
        rig.reply("c", Wire.ok(1, 1));
        assertThat(rig.got("c")).isEqualTo(execute(5, 0, 1, 8, 0, 6));
        rig.reply("c", Wire.ok(1, 1));
        assertThat(rig.got("c")).isEqualTo(Wire.query("c: x"));
    }

    @Test
    void shouldAnswerForStatementsThatThereAreNot() {
        open(0);
        rig.got();
        rig.send(execute(9))
                .send(about(0x1C, 9, 1, 0, 0, 0))
                .send(about(0x1A, 9))
                .send(execute(0));
        assertThat(Wire.packets(rig.got())).hasSize(4).allMatch(line -> line.startsWith("1 error 1243"));
        rig.send(about(0x18, 9, 0, 0, 1)).send(about(0x19, 9));
        rig.send(execute(1));
        assertThat(rig.got("a")).isEqualTo(execute(70));
    }

    @Test
    void shouldCloseOnAllServersAndForgetTheId() {
        open(0);
        rig.send(about(0x19, 1));
        assertThat(rig.got("a")).isEqualTo(about(0x19, 70));
        assertThat(rig.got("b")).isEqualTo(about(0x19, 90));
        rig.send(execute(1));
        assertThat(Wire.packets(rig.got())).singleElement().asString().startsWith("1 error 1243");
        rig.send(execute(-1));
        assertThat(Wire.packets(rig.got())).singleElement().asString().startsWith("1 error 1243");
    }

    @Test
    void shouldCloseBehindTheCommandsBeforeIt() {
        open(0);
        rig.send(Wire.join(execute(1), about(0x19, 1), Wire.query("a: x")));
        assertThat(rig.got("a")).isEqualTo(Wire.join(execute(70), about(0x19, 70), Wire.query("a: x")));
    }

    @Test
    void shouldForgetAStatementThatCouldNotBePrepared() {
        rig.open(routing.router());
        rig.send(prepare("nonsense")).reply("a", Wire.error(1, 1064)).reply("b", Wire.error(1, 1064));
        rig.got();
        rig.send(execute(-1));
        assertThat(Wire.packets(rig.got())).singleElement().asString().startsWith("1 error 1243");
        assertThat(rig.machine.keeping().ids().prepared().count()).isZero();
    }

    @Test
    void shouldKeepLongDataAndItsExecutionTogether() {
        open(1);
        routing.executes = "b";
        rig.send(about(0x18, 1, 0, 0, 65));
        assertThat(rig.got("b")).isEqualTo(about(0x18, 90, 0, 0, 65));
        routing.executes = "a";
        rig.send(about(0x18, 1, 0, 0, 66)).send(execute(1, 0, 1, 0xFC, 0));
        assertThat(rig.got("a")).isEmpty();
        assertThat(rig.got("b")).isEqualTo(Wire.join(about(0x18, 90, 0, 0, 66), execute(90, 0, 1, 0xFC, 0)));
        rig.reply("b", Wire.ok(1, 1));
        rig.send(execute(1, 0, 1, 8, 0, 1));
        assertThat(rig.got("a")).isEqualTo(execute(70, 0, 1, 8, 0, 1));
    }

    @Test
    void shouldFailAnExecutionWhoseLongDataWasLost() {
        open(1);
        routing.executes = "b";
        rig.send(about(0x18, 1, 0, 0, 65)).lose("b");
        routing.executes = "a";
        rig.send(about(0x18, 1, 0, 0, 66)).send(execute(1, 0, 1, 0xFC, 0));
        assertThat(Wire.packets(rig.got())).singleElement().asString().startsWith("1 error 1927");
        assertThat(rig.got("a")).isEmpty();
        rig.send(execute(1, 0, 1, 8, 0, 1));
        assertThat(rig.got("a")).isEqualTo(execute(70, 0, 1, 8, 0, 1));
    }

    @Test
    void shouldFetchWhereTheCursorIs() {
        open(0);
        routing.executes = "b";
        rig.send(withCursor(1)).reply("b", okWith(CURSOR_EXISTS));
        routing.executes = "a";
        rig.got("b");
        rig.send(about(0x1C, 1, 1, 0, 0, 0));
        assertThat(rig.got("b")).isEqualTo(about(0x1C, 90, 1, 0, 0, 0));
        rig.reply("b", end(LAST_ROW));
        rig.send(execute(1));
        assertThat(rig.got("a")).as("no cursor is open any more").isEqualTo(execute(70));
    }

    private static byte[] end(int status) {
        byte[] payload = new OkPacket(0, 0, 2 | status, 0, "", new byte[0]).encode(Rig.CAPABILITIES);
        payload[0] = (byte) 0xFE;
        return PacketWriter.frame(1, payload);
    }

    @Test
    void shouldNotBindWhereNoCursorWasOpened() {
        open(0);
        routing.executes = "b";
        rig.send(withCursor(1)).reply("b", Wire.ok(1, 1));
        routing.executes = "a";
        rig.send(execute(1));
        assertThat(rig.got("a")).isEqualTo(execute(70));
    }

    @Test
    void shouldSayThatACursorIsGoneWithItsServer() {
        open(0);
        routing.executes = "b";
        rig.send(withCursor(1)).reply("b", okWith(CURSOR_EXISTS)).lose("b");
        rig.got();
        rig.send(about(0x1C, 1, 1, 0, 0, 0));
        assertThat(Wire.packets(rig.got())).singleElement().asString().startsWith("1 error 1421");
    }

    @Test
    void shouldForgetAllStatementsAtAReset() {
        open(0);
        rig.send(Wire.command(0x1F));
        assertThat(rig.got("b")).isEqualTo(Wire.command(0x1F));
        rig.reply("a", Wire.ok(1, 0)).reply("b", Wire.ok(1, 0));
        rig.got();
        rig.send(execute(1));
        assertThat(Wire.packets(rig.got())).singleElement().asString().startsWith("1 error 1243");
    }

    @Test
    void shouldPrepareWhereAStatementIsNotYet() {
        routing.needs = new CoreServices(true, 0, false, false);
        open(0);
        routing.executes = "c";
        rig.send(execute(1)).run();
        assertThat(rig.got("c")).isEqualTo(prepare("select ?"));
        rig.reply("c", prepared(1, 3, 0));
        assertThat(rig.got("c")).isEqualTo(execute(3));
    }

    @Test
    void shouldGiveUpAServerThatCannotPrepareIt() {
        routing.needs = new CoreServices(true, 0, false, false);
        open(0);
        routing.executes = "c";
        rig.got();
        rig.send(execute(1));
        for (int i = 0; i <= Retry.MAX_ATTEMPTS; i++) {
            rig.run().reply("c", Wire.error(1, 1146));
        }
        assertThat(Wire.packets(rig.got()))
                .singleElement()
                .asString()
                .startsWith("1 error 1105 server 'c' cannot prepare");
        assertThat(routing.lost).hasSize(Retry.MAX_ATTEMPTS + 1).last().isEqualTo("c waiting");
    }

    @Test
    void shouldLeaveIdsAloneWhereTheRouterDoesNotAsk() {
        routing.needs = CoreServices.NONE;
        rig.open(routing.router());
        rig.send(prepare("select 1")).reply("a", prepared(1, 70, 0)).reply("b", prepared(1, 90, 0));
        assertThat(rig.got()).isEqualTo(prepared(1, 70, 0));
        rig.got("a");
        rig.send(execute(70)).send(about(0x19, 70));
        assertThat(rig.got("a")).isEqualTo(Wire.join(execute(70), about(0x19, 70)));
    }

    @Test
    void shouldRepeatALostExecutionUnderTheOtherServersId() {
        open(1);
        rig.send(execute(1, 0, 1, 8, 0, 5)).reply("a", Wire.ok(1, 1));
        rig.got();
        rig.got("a");
        routing.retries = true;
        routing.executes = "b";
        rig.send(execute(1, 0, 0, 6));
        routing.executes = "a";
        rig.lose("b");
        assertThat(rig.got("a")).isEqualTo(execute(70, 0, 0, 6));
        rig.reply("a", Wire.ok(1, 2));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 2");
    }

    @Test
    void shouldRefuseAnExecutionWhosePreparationFailed() {
        rig.open(routing.router());
        routing.executes = "b";
        rig.send(Wire.join(prepare("nonsense"), execute(-1)));
        rig.reply("b", Wire.error(1, 1064));
        rig.reply("a", Wire.error(1, 1064));
        assertThat(Wire.packets(rig.got()))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("1 error 1243 Unknown prepared statement handler (4294967295) given to COM_STMT_EXECUTE");
        assertThat(routing.lost).isEmpty();
        assertThat(rig.got("b")).isEqualTo(prepare("nonsense"));
    }

    @Test
    void shouldRefuseToPrepareElsewhereWhatIsTooLongToBeKept() {
        routing.needs = new CoreServices(true, 0, false, false);
        routing.first = java.util.List.of("a");
        routing.preparesAt = "a";
        rig.open(routing.router());
        byte[] payload = new byte[PacketWriter.MAX_PACKET + 10];
        Arrays.fill(payload, (byte) ' ');
        payload[0] = 0x16;
        rig.send(PacketWriter.frame(0, payload)).reply("a", prepared(2, 70, 0));
        assertThat(Wire.packets(rig.got())).hasSize(1);
        routing.executes = "b";
        rig.send(execute(1)).run();
        assertThat(Wire.packets(rig.got()))
                .singleElement()
                .asString()
                .contains("1105")
                .contains("is too long");
        assertThat(rig.got("b")).isEmpty();
        routing.executesAll = true;
        rig.send(execute(1)).run();
        assertThat(Wire.packets(rig.got())).singleElement().asString().contains("is too long");
        routing.executesAll = false;
        routing.executes = "a";
        rig.got("a");
        rig.send(execute(1));
        assertThat(rig.got("a")).isEqualTo(execute(70));
    }

    @Test
    void shouldPrepareElsewhereUnderTheDatabaseOfThePreparation() {
        routing.needs = new CoreServices(true, 0, false, false);
        rig.open(routing.router());
        rig.send(Wire.query("use one")).reply("a", Wire.ok(1, 0)).reply("b", Wire.ok(1, 0));
        routing.preparesAt = "a";
        rig.send(prepare("select 1")).reply("a", prepared(1, 70, 0));
        rig.send(Wire.query("use two")).reply("a", Wire.ok(1, 0)).reply("b", Wire.ok(1, 0));
        rig.got();
        rig.got("b");
        routing.executes = "b";
        rig.send(execute(1));
        byte[] one = Wire.command(2, "one".getBytes(StandardCharsets.US_ASCII));
        byte[] two = Wire.command(2, "two".getBytes(StandardCharsets.US_ASCII));
        assertThat(rig.got("b")).isEqualTo(Wire.join(one, prepare("select 1"), two));
        rig.reply("b", Wire.join(Wire.ok(1, 0), prepared(1, 5, 0)));
        rig.got("b");
        rig.reply("b", Wire.ok(1, 0));
        assertThat(Wire.packets(rig.got())).isEmpty();
        rig.reply("b", Wire.ok(1, 4));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 4");
    }

    @Test
    void shouldGiveUpAServerThatHasNotTheDatabaseOfThePreparation() {
        routing.needs = new CoreServices(true, 0, false, false);
        rig.open(routing.router());
        rig.send(Wire.query("use one")).reply("a", Wire.ok(1, 0)).reply("b", Wire.ok(1, 0));
        routing.preparesAt = "a";
        rig.send(prepare("select 1")).reply("a", prepared(1, 70, 0));
        rig.send(Wire.query("use two")).reply("a", Wire.ok(1, 0)).reply("b", Wire.ok(1, 0));
        routing.executes = "b";
        rig.send(execute(1)).reply("b", Wire.error(1, 1049));
        assertThat(routing.lost).containsExactly("b");
    }
}
