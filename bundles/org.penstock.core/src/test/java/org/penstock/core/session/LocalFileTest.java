package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.Payload;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.Route;
import org.penstock.wire.PacketWriter;

/** LOAD DATA LOCAL INFILE. */
class LocalFileTest {
    private static final byte[] ASKED = PacketWriter.frame(1, new byte[] {(byte) 0xFB, 'f'});
    private static final byte[] EMPTY = {0, 0, 0};

    private static Rig asked(ReplyInterest interest, List<String> shown) {
        FilterSession filter = new FilterSession() {
            @Override
            public CommandInterest interest() {
                return CommandInterest.stream(4);
            }

            @Override
            public Verdict onCommand(Command command, Holds holds) {
                return Verdict.forward(interest);
            }

            @Override
            public void onCommandPart(Payload part, boolean last) {
                shown.add(part.length() + (last ? " last" : ""));
            }

            @Override
            public PartVerdict onReply(ReplyPart part) {
                shown.add(part.kind().toString());
                return PartVerdict.pass();
            }
        };
        Rig rig = new Rig()
                .filter("f", filter)
                .openTo("a")
                .send(Wire.query("load data local"))
                .run();
        rig.got("a");
        rig.reply("a", ASKED);
        assertThat(Wire.packets(rig.got())).containsExactly("1 file");
        return rig;
    }

    private static byte[] end(int sequence) {
        return Wire.join(EMPTY, new byte[] {(byte) sequence});
    }

    @Test
    void shouldPassTheContentToTheServerByteByByte() {
        for (ReplyInterest interest :
                List.of(ReplyInterest.NONE, ReplyInterest.ROWS, ReplyInterest.collect(1000, 10))) {
            List<String> shown = new ArrayList<>();
            Rig rig = asked(interest, shown);
            shown.clear();
            byte[] content = Wire.join(PacketWriter.frame(2, new byte[5]), PacketWriter.frame(3, new byte[1]), end(4));
            for (byte one : content) {
                rig.send(new byte[] {one});
            }
            assertThat(rig.got("a")).isEqualTo(content);
            assertThat(shown).containsExactly("1", "1", "1", "1", "1", "1", "0 last");
            rig.reply("a", Wire.ok(5, 6));
            assertThat(Wire.packets(rig.got())).containsExactly("5 ok 6");
            assertThat(rig.machine.standing().idle()).isTrue();
            rig.send(Wire.query("select 1")).reply("a", Wire.ok(1, 1));
            assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1");
            assertThat(rig.ledger.open()).isZero();
        }
    }

    @Test
    void shouldTellAnEmptyPacketOfALargeOneFromTheEnd() {
        Rig rig = asked(ReplyInterest.NONE, new ArrayList<>());
        rig.send(PacketWriter.frame(2, new byte[0xFFFFFF]));
        assertThat(rig.got("a")).hasSize(0xFFFFFF + 8);
        assertThat(rig.machine.commands().readingFile()).isTrue();
        rig.send(end(4)).reply("a", Wire.ok(5, 1));
        assertThat(Wire.packets(rig.got())).containsExactly("5 ok 1");
    }

    @Test
    void shouldPassAnErrorOnThatComesBeforeTheEnd() {
        Rig rig = asked(ReplyInterest.NONE, new ArrayList<>());
        rig.send(PacketWriter.frame(2, new byte[5]));
        rig.reply("a", Wire.error(3, 1290));
        assertThat(Wire.packets(rig.got())).containsExactly("3 error 1290 no");
        rig.send(end(3));
        assertThat(rig.machine.standing().idle()).isTrue();
        rig.send(Wire.query("select 1")).reply("a", Wire.ok(1, 1));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 1");
    }

    @Test
    void shouldTellALostServerBehindTheContent() {
        for (ReplyInterest interest : List.of(ReplyInterest.NONE, ReplyInterest.ROWS)) {
            Rig rig = asked(interest, new ArrayList<>());
            rig.send(PacketWriter.frame(2, new byte[5]));
            rig.lose("a");
            assertThat(rig.got()).isEmpty();
            rig.send(Wire.join(PacketWriter.frame(3, new byte[5]), end(4)));
            assertThat(Wire.packets(rig.got())).containsExactly("5 error 1927 lost");
            assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.RUNNING);
            assertThat(rig.machine.standing().idle()).isTrue();
        }
    }

    @Test
    void shouldTellALostServerBehindTheContentThatItHasGot() {
        Rig rig = asked(ReplyInterest.NONE, new ArrayList<>());
        rig.send(Wire.join(PacketWriter.frame(2, new byte[5]), end(3)));
        rig.lose("a");
        assertThat(Wire.packets(rig.got())).containsExactly("4 error 1927 lost");
    }

    @Test
    void shouldEndTheSessionWithoutAWordInTheMiddleOfTheContent() {
        Rig rig = asked(ReplyInterest.NONE, new ArrayList<>());
        rig.send(PacketWriter.frame(2, new byte[5]));
        rig.machine.killed();
        assertThat(rig.got()).isEmpty();
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
    }

    @Test
    void shouldEndTheSessionWhenCommandsArePipelinedBehind() {
        Rig rig = new Rig().openTo("a");
        rig.send(Wire.join(Wire.query("load data local"), Wire.query("select 1")))
                .run();
        rig.reply("a", ASKED);
        assertThat(rig.machine.phase()).isEqualTo(SessionMachine.Phase.CLOSED);
        assertThat(rig.ledger.open()).isZero();
    }

    @Test
    void shouldGiveAnEmptyFileToServersThatNobodyListensTo() {
        Rig rig = new Rig()
                .open(Rig.router((command, holds) -> command.sql().startsWith("b")
                        ? Route.to("b")
                        : command.sql().startsWith("l") ? Route.toAll("a") : Route.to("a")));
        rig.send(Wire.query("b")).run().reply("b", Wire.ok(1, 1));
        rig.send(Wire.query("load")).run();
        rig.reply("a", ASKED);
        rig.got("b");
        rig.send(end(2)).reply("a", Wire.ok(3, 1));
        rig.send(Wire.query("b2"));
        assertThat(rig.got("b")).as("waits for the silent reply").isEmpty();
        rig.reply("b", ASKED);
        assertThat(rig.got("b")).isEqualTo(end(2));
        rig.reply("b", Wire.ok(3, 1));
        assertThat(rig.got("b")).isEqualTo(Wire.query("b2"));
        rig.got();
        rig.reply("b", Wire.ok(1, 9));
        assertThat(Wire.packets(rig.got())).containsExactly("1 ok 9");
    }

    @Test
    void shouldNotAskTheClientForAFileBehindAnError() {
        FilterSession filter = new FilterSession() {
            @Override
            public CommandInterest interest() {
                return CommandInterest.head(4);
            }

            @Override
            public Verdict onCommand(Command command, Holds holds) {
                return Verdict.forward(ReplyInterest.METADATA);
            }

            @Override
            public PartVerdict onReply(ReplyPart part) {
                return part.kind() == ReplyPart.Kind.LOCAL_INFILE
                        ? PartVerdict.fail(new SqlError(4000, "HY000", "no files"))
                        : PartVerdict.pass();
            }
        };
        Rig rig = new Rig()
                .filter("f", filter)
                .openTo("a")
                .send(Wire.query("load data local"))
                .run();
        rig.got("a");
        rig.reply("a", ASKED);
        assertThat(Wire.packets(rig.got())).containsExactly("1 error 4000 no files");
        assertThat(rig.got("a")).isEqualTo(end(2));
        rig.reply("a", Wire.ok(3, 0));
        assertThat(rig.got()).isEmpty();
        assertThat(rig.machine.standing().idle()).isTrue();
    }
}
