package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.error.SqlError;
import org.penstock.api.filter.Filter;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.CoreServices;
import org.penstock.api.router.Route;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterSession;
import org.penstock.api.session.Branch;
import org.penstock.api.session.SessionContext;
import org.penstock.api.statement.Placement;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.Plan;
import org.penstock.core.session.state.StatementReader;

/** A query and its small result pass without garbage. */
class AllocationTest {
    private static final int QUERIES = 20_000;

    /** The same bytes again and again. */
    private record Reused(byte[] array) implements Bytes {
        @Override
        public int length() {
            return array.length;
        }

        @Override
        public byte at(int index) {
            return array[index];
        }

        @Override
        public void copy(int from, byte[] target, int offset, int count) {
            System.arraycopy(array, from, target, offset, count);
        }

        @Override
        public void putInt(int index, int value) {
            throw new AssertionError("nothing is written over");
        }

        @Override
        public Bytes slice(int from, int count) {
            throw new AssertionError("whole chunks leave as they came");
        }

        @Override
        public void release() {}
    }

    private static final CoreServices ALL = new CoreServices(true, 10, true, true);
    private static final String SELECT = "select * from t where id = 1";

    @Test
    void shouldPassQueriesUnseenWithoutGarbage() {
        assertThat(perQuery(CommandInterest.NOTHING, CoreServices.NONE, SELECT)).isZero();
    }

    @Test
    void shouldShowQueriesWithoutGarbage() {
        assertThat(perQuery(CommandInterest.head(100), CoreServices.NONE, SELECT))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SELECT,
                "update t set a = a + 1 where id = 1",
                "BEGIN",
                "COMMIT",
                "select a from t for update",
                "call p(1)",
                "frobnicate"
            })
    void shouldFollowStatementsWithoutGarbage(String sql) {
        assertThat(perQuery(CommandInterest.NOTHING, ALL, sql)).isZero();
    }

    private static long perQuery(CommandInterest interest, CoreServices needs, String sql) {
        Port port = new Port();
        SessionState.Login login = new SessionState.Login("u", null, 45, Rig.CAPABILITIES, Map.of());
        SessionMachine machine = new SessionMachine(
                port,
                new SessionState(1, "s", "127.0.0.1", login),
                () -> List.of(SimView.of("a")),
                new CollectBudget(1 << 20));
        machine.open(plan(interest, needs));
        machine.serverReady(port.link, 2);
        Reused query = new Reused(Wire.query(sql));
        Reused result = new Reused(sql.startsWith("select") ? Wire.rows("one", "two") : Wire.ok(1, 1));
        exchange(machine, port, query, result);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        exchange(machine, port, query, result);
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(port.toServer).isEqualTo(2 * QUERIES);
        assertThat(port.toClient).isEqualTo(2 * QUERIES);
        machine.clientClosed();
        return (after - before) / QUERIES;
    }

    private static void exchange(SessionMachine machine, Port port, Reused query, Reused result) {
        for (int i = 0; i < QUERIES; i++) {
            machine.clientData(query);
            machine.serverData(port.link, result);
        }
    }

    private static Plan plan(CommandInterest interest, CoreServices needs) {
        Filter filter = session -> new FilterSession() {
            @Override
            public CommandInterest interest() {
                return interest;
            }
        };
        Router router = context -> new ConstantRoute(needs);
        return new Plan(
                "s",
                1,
                List.of(new Plan.Slot<>("f", generation("filter", filter))),
                new Plan.Slot<>("s", generation("router", router)),
                Duration.ofSeconds(30));
    }

    private static <M> Generation<M> generation(String kind, M module) {
        return new Generation<>(new Generation.ModuleId(kind, "m", "m", Version.emptyVersion, 1, 1, 1), module);
    }

    private static final class ConstantRoute implements RouterSession {
        private static final Route ROUTE = Route.to("a");
        private final CoreServices needs;

        ConstantRoute(CoreServices needs) {
            this.needs = needs;
        }

        @Override
        public CoreServices needs() {
            return needs;
        }

        @Override
        public CommandInterest interest() {
            return CommandInterest.NOTHING;
        }

        @Override
        public List<String> connectFirst() {
            return List.of("a");
        }

        @Override
        public Route route(Command command, Holds holds) {
            return !needs.statements() || command.statement().placement() != Placement.ALL ? ROUTE : Route.to("b");
        }
    }

    /** Counts and forgets. */
    private static final class Port implements SessionPort {
        private Link link;
        private int toClient;
        private int toServer;
        private final StatementReader reader = new StatementReader();

        @Override
        public void toClient(Bytes bytes) {
            toClient++;
        }

        @Override
        public void toServer(Link to, Bytes bytes) {
            toServer++;
        }

        @Override
        public void readClient(boolean on) {}

        @Override
        public void readServer(Link of, boolean on) {}

        @Override
        public void connect(Link made) {
            link = made;
        }

        @Override
        public void closeServer(Link of) {}

        @Override
        public void closeClient() {}

        @Override
        public void opened() {}

        @Override
        public void refused(SqlError error) {
            throw new AssertionError(error.toString());
        }

        @Override
        public void changeUser(byte[] command) {}

        @Override
        public void cutChange(SqlError error) {}

        @Override
        public SessionContext.Timer after(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public void execute(Runnable task) {}

        @Override
        public <T> void background(Callable<T> task, SessionContext.Outcome<T> outcome) {}

        @Override
        public Branch branch(String service) {
            throw new UnsupportedOperationException("no branches here");
        }

        @Override
        public StatementReader reader() {
            return reader;
        }
    }
}
