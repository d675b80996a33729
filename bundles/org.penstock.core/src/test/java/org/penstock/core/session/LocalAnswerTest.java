package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.AnswerSource;
import org.penstock.api.router.Route;
import org.penstock.wire.CommandType;

/** Answers that are made here: under the client's back-pressure, for the right statement, and whatever a module does at the end. */
class LocalAnswerTest {
    private final List<byte[]> seen = new ArrayList<>();
    private Rig rig = new Rig();

    @AfterEach
    void shouldLeaveNoBytesBehind() {
        rig.machine.clientClosed();
        assertThat(rig.ledger.open()).isZero();
    }

    private void refusing(int code) {
        rig = new Rig()
                .filter("f", new FilterSession() {
                    @Override
                    public CommandInterest interest() {
                        return CommandInterest.head(100);
                    }

                    @Override
                    public Verdict onCommand(Command command, Holds holds) {
                        seen.add(command.payload().bytes());
                        return command.code() == code
                                ? Verdict.fail(new SqlError(4000, "HY000", "no"))
                                : Verdict.forward();
                    }
                })
                .openTo("a");
    }

    @Test
    void shouldWaitWhenTheClientDoesNotReadItsAnswers() {
        refusing(CommandType.QUERY);
        rig.machine.clientWritable(false);

        rig.send(Wire.join(Wire.query("select 1"), Wire.query("select 2"))).run();

        assertThat(rig.got()).isEmpty();
        assertThat(seen).isEmpty();
        assertThat(rig.reading).isFalse();

        rig.machine.clientWritable(true);
        rig.run();

        assertThat(Wire.packets(rig.got())).hasSize(2);
        assertThat(rig.reading).isTrue();
    }

    @Test
    void shouldFailTheStatementWhoseDataWasRefusedAndNoOther() {
        refusing(CommandType.STMT_SEND_LONG_DATA);
        rig.send(Wire.command(
                CommandType.STMT_SEND_LONG_DATA, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0));

        byte[] other = execute(2);
        rig.send(other).run();
        assertThat(rig.got("a")).isEqualTo(other);
        rig.reply("a", Wire.ok(1, 1));
        rig.got();

        rig.send(execute(1)).run();
        assertThat(rig.got("a")).isEmpty();
        assertThat(Wire.packets(rig.got())).singleElement().asString().contains("4000");

        byte[] again = execute(1);
        rig.send(again).run();
        assertThat(rig.got("a")).isEqualTo(again);
    }

    @Test
    void shouldForgetRefusedDataWhenTheStatementIsReset() {
        refusing(CommandType.STMT_SEND_LONG_DATA);
        rig.send(Wire.command(
                CommandType.STMT_SEND_LONG_DATA, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0));
        byte[] reset = Wire.command(CommandType.STMT_RESET, (byte) 1, (byte) 0, (byte) 0, (byte) 0);
        rig.send(reset).run();
        rig.reply("a", Wire.ok(1, 0));
        byte[] after = execute(1);
        rig.send(after).run();

        assertThat(rig.got("a")).isEqualTo(Wire.join(reset, after));
    }

    private static byte[] execute(int statement) {
        return Wire.command(
                CommandType.STMT_EXECUTE,
                (byte) statement,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 1,
                (byte) 0,
                (byte) 0,
                (byte) 0);
    }

    @Test
    void shouldCloseEverythingWhenASourceCannotBeCancelled() {
        AnswerSource source = new AnswerSource() {
            @Override
            public void pull(Sink sink) {
                // has nothing yet
            }

            @Override
            public void cancel() {
                throw new AssertionError("not cancelled");
            }
        };
        rig.open(Rig.router((command, holds) -> Route.answer(source)));
        rig.send(Wire.query("stream")).run();

        rig.machine.clientClosed();

        assertThat(rig.log).contains("close client");
    }
}
