package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.OnLoss;
import org.penstock.core.session.SessionMachine.Phase;

/** Every event in every phase: where it leads, and that it leaves nothing behind. */
class SessionMachineTest {
    private static final Map<String, Consumer<Rig>> STATES = new LinkedHashMap<>();
    private static final Map<String, Consumer<Rig>> EVENTS = new LinkedHashMap<>();

    /** By event: the phase behind it, from OPENING, idle, in flight, ENDING and CLOSED. */
    private static final Map<String, List<Phase>> TABLE = new LinkedHashMap<>();

    static {
        STATES.put("opening", rig -> {});
        STATES.put("idle", SessionMachineTest::idle);
        STATES.put("in flight", SessionMachineTest::inFlight);
        STATES.put("ending", rig -> {
            inFlight(rig);
            rig.machine.end(new SqlError(4999, "HY000", "over"));
        });
        STATES.put("closed", rig -> {
            idle(rig);
            rig.machine.clientClosed();
        });
        event(
                "client data",
                rig -> rig.send(Wire.query("select 9")),
                Phase.OPENING,
                Phase.RUNNING,
                Phase.RUNNING,
                Phase.ENDING);
        event(
                "half a command",
                rig -> rig.send(new byte[] {9, 0}),
                Phase.OPENING,
                Phase.RUNNING,
                Phase.RUNNING,
                Phase.ENDING);
        event(
                "quit",
                rig -> rig.send(new byte[] {1, 0, 0, 0, 1}),
                Phase.OPENING,
                Phase.CLOSED,
                Phase.ENDING,
                Phase.ENDING);
        event(
                "garbage",
                rig -> rig.send(new byte[] {0, 0, 0, 0}),
                Phase.OPENING,
                Phase.CLOSED,
                Phase.ENDING,
                Phase.ENDING);
        event("reply", rig -> reply(rig, Wire.ok(1, 1)), Phase.OPENING, Phase.RUNNING, Phase.RUNNING, Phase.CLOSED);
        event(
                "half a reply",
                rig -> reply(rig, new byte[] {7, 0}),
                Phase.OPENING,
                Phase.RUNNING,
                Phase.RUNNING,
                Phase.ENDING);
        event(
                "broken reply",
                rig -> reply(rig, new byte[] {1, 0, 0, 1, (byte) 0xFE}),
                Phase.OPENING,
                Phase.RUNNING,
                Phase.RUNNING,
                Phase.CLOSED);
        event(
                "client closed",
                rig -> rig.machine.clientClosed(),
                Phase.CLOSED,
                Phase.CLOSED,
                Phase.CLOSED,
                Phase.CLOSED);
        event("server ready", rig -> ready(rig), Phase.RUNNING, Phase.RUNNING, Phase.RUNNING, Phase.ENDING);
        event("server lost", rig -> lose(rig), Phase.RUNNING, Phase.RUNNING, Phase.RUNNING, Phase.CLOSED);
        event(
                "client full",
                rig -> rig.machine.clientWritable(false),
                Phase.OPENING,
                Phase.RUNNING,
                Phase.RUNNING,
                Phase.ENDING);
        event("server full", rig -> full(rig), Phase.OPENING, Phase.RUNNING, Phase.RUNNING, Phase.ENDING);
        event(
                "plan",
                rig -> rig.machine.planPublished(rig.plan()),
                Phase.OPENING,
                Phase.RUNNING,
                Phase.RUNNING,
                Phase.ENDING);
        event("missing", rig -> missing(rig), Phase.OPENING, Phase.RUNNING, Phase.RUNNING, Phase.ENDING);
        event(
                "servers changed",
                rig -> rig.machine.serversChanged(),
                Phase.OPENING,
                Phase.RUNNING,
                Phase.RUNNING,
                Phase.ENDING);
        event(
                "end",
                rig -> rig.machine.end(SqlError.general("x")),
                Phase.CLOSED,
                Phase.CLOSED,
                Phase.ENDING,
                Phase.ENDING);
        event("kill", rig -> rig.machine.killed(), Phase.CLOSED, Phase.CLOSED, Phase.CLOSED, Phase.CLOSED);
        event("close", rig -> rig.machine.close(), Phase.CLOSED, Phase.CLOSED, Phase.CLOSED, Phase.CLOSED);
        event(
                "user changed",
                rig -> rig.machine.userChanged(login()),
                Phase.OPENING,
                Phase.RUNNING,
                Phase.RUNNING,
                Phase.ENDING);
    }

    private static void event(
            String name, Consumer<Rig> event, Phase opening, Phase idle, Phase inFlight, Phase ending) {
        EVENTS.put(name, event);
        TABLE.put(name, List.of(opening, idle, inFlight, ending, Phase.CLOSED));
    }

    private static SessionState.Login login() {
        return new SessionState.Login("v", null, 45, Rig.CAPABILITIES, Map.of());
    }

    private static Link link(Rig rig) {
        return rig.links.values().iterator().next();
    }

    private static void idle(Rig rig) {
        ready(rig);
        assertThat(rig.machine.standing().idle()).isTrue();
    }

    private static void inFlight(Rig rig) {
        idle(rig);
        rig.send(Wire.query("select 1"));
        assertThat(rig.got("a")).isEqualTo(Wire.query("select 1"));
    }

    private static void ready(Rig rig) {
        rig.machine.serverReady(link(rig), 2);
    }

    private static void lose(Rig rig) {
        rig.machine.serverLost(link(rig), new SqlError(1927, "08S01", "lost"));
    }

    private static void full(Rig rig) {
        rig.machine.serverWritable(link(rig), false);
    }

    private static void missing(Rig rig) {
        rig.fill(0, null).machine.planPublished(rig.plan());
    }

    private static void reply(Rig rig, byte[] bytes) {
        rig.machine.serverData(link(rig), rig.ledger.bytes(bytes));
    }

    static Stream<Arguments> table() {
        return TABLE.entrySet().stream().flatMap(row -> Stream.iterate(0, i -> i < STATES.size(), i -> i + 1)
                .map(i -> Arguments.of(
                        List.copyOf(STATES.keySet()).get(i),
                        row.getKey(),
                        row.getValue().get(i))));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("table")
    void shouldLeadWhereTheTableSays(String state, String event, Phase then) {
        Rig rig = new Rig().filter("f", new FilterSession() {
            @Override
            public CommandInterest interest() {
                return CommandInterest.head(30);
            }
        });
        rig.connects = false;
        rig.open(new ConnectsFirst());
        STATES.get(state).accept(rig);
        EVENTS.get(event).accept(rig);
        rig.run();
        assertThat(rig.machine.phase()).isEqualTo(then);
        rig.machine.close();
        rig.run();
        assertThat(rig.ledger.open()).isZero();
        assertThat(rig.log).filteredOn(line -> line.equals("close client")).hasSize(1);
        assertThat(rig.machine.connections()).isEmpty();
    }

    /** Connects before the login is confirmed, and goes on when it loses the connection. */
    private static final class ConnectsFirst implements org.penstock.api.router.RouterSession {
        @Override
        public CommandInterest interest() {
            return CommandInterest.NOTHING;
        }

        @Override
        public List<String> connectFirst() {
            return List.of("a");
        }

        @Override
        public org.penstock.api.router.Route route(org.penstock.api.command.Command command, Holds holds) {
            return org.penstock.api.router.Route.to("a");
        }

        @Override
        public OnLoss onConnectionLost(org.penstock.api.server.ServerView server, boolean waiting) {
            return OnLoss.GO_ON;
        }
    }
}
