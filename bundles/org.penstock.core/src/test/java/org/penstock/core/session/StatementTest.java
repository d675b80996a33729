package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Hold;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.Route;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.Types;
import org.penstock.core.session.state.StatementReader;
import org.penstock.sql.Dialect;

/** What modules are told of a command's statement. */
class StatementTest {
    private final Rig rig = new Rig();
    private final List<Placement> placements = new ArrayList<>();
    private final List<Integer> flags = new ArrayList<>();

    @AfterEach
    void nothingIsLost() {
        rig.machine.close();
        assertThat(rig.ledger.open()).isZero();
    }

    private Route note(Command command) {
        placements.add(command.statement().placement());
        flags.add(command.statement().flags());
        return Route.to("a");
    }

    private void open() {
        rig.open(Rig.router((command, holds) -> note(command)));
    }

    @Test
    void shouldSayWhatATextIs() {
        open();
        rig.send(Wire.query("SELECT 1")).run();
        rig.send(Wire.query("SET @a = 1"));
        rig.send(Wire.query("UPDATE t SET a = 1"));
        rig.send(Wire.command(0x16, "SELECT ?".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        rig.send(Wire.command(0x0E));
        assertThat(placements)
                .containsExactly(Placement.ANY, Placement.ALL, Placement.PRIMARY, Placement.ALL, Placement.ALL);
    }

    @Test
    void shouldNotTakeTheBeginningOfATextForARead() {
        open();
        byte[] command = Wire.query("SELECT '" + "x".repeat(2000) + "'");
        rig.send(java.util.Arrays.copyOf(command, 1000)).run();
        assertThat(placements).containsExactly(Placement.PRIMARY);
        assertThat(flags.get(0) & Flags.CUT).isNotZero();
        rig.send(java.util.Arrays.copyOfRange(command, 1000, command.length));
    }

    @Test
    void shouldClassifyAReplacementAnew() {
        List<Operation> seen = new ArrayList<>();
        rig.filter("f", new FilterSession() {
            @Override
            public CommandInterest interest() {
                return CommandInterest.head(100);
            }

            @Override
            public Verdict onCommand(Command command, Holds holds) {
                seen.add(command.statement().operation());
                return Verdict.forward(new byte[] {3, 'D', 'O', ' ', '1'});
            }
        });
        open();
        rig.send(Wire.query("SELECT 1")).run();
        assertThat(seen).containsExactly(Operation.SELECT);
        assertThat(placements).containsExactly(Placement.PRIMARY);
    }

    @Test
    void shouldKnowAHeldCommandWhateverElseTheLoopHasRead() {
        List<Integer> types = new ArrayList<>();
        rig.filter("f", new FilterSession() {
            @Override
            public CommandInterest interest() {
                return CommandInterest.head(100);
            }

            @Override
            public Verdict onCommand(Command command, Holds holds) {
                types.add(command.statement().types());
                Hold<Verdict> made = holds.hold(Duration.ofSeconds(5), Verdict.forward());
                return Verdict.hold(made);
            }
        });
        open();
        rig.send(Wire.query("SELECT 1")).run();
        StatementReader shared = rig.reader();
        byte[] other = "\u0003DELETE FROM t".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        shared.classify(other, other.length, true, Dialect.DEFAULT);
        rig.pass(Duration.ofSeconds(5));
        assertThat(types).containsExactly(Types.READ);
        assertThat(placements).containsExactly(Placement.ANY);
    }

    @Test
    void shouldSayWhereTheHintIsInThePayload() {
        List<String> comments = new ArrayList<>();
        rig.open(Rig.router((command, holds) -> {
            byte[] payload = command.payload().bytes();
            int from = command.statement().hintStart();
            comments.add(new String(payload, from, command.statement().hintEnd() - from));
            return Route.to("a");
        }));
        rig.send(Wire.query("SELECT 1 -- maxscale route to master")).run();
        assertThat(comments).containsExactly(" maxscale route to master");
    }
}
