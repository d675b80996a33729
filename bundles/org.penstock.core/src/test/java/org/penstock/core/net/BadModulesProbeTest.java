package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.penstock.core.net.ProbeBench.ask;
import static org.penstock.core.net.ProbeBench.await;
import static org.penstock.core.net.ProbeBench.awaitEmpty;
import static org.penstock.core.net.ProbeBench.connect;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.command.Command;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterSession;
import org.penstock.auth.nativepassword.NativePasswordAuthenticator;
import org.penstock.protocol.mariadb.MariaDbProtocol;

/** Modules of each kind that do wrong: their own client hears of it, others notice nothing, nothing is left behind. */
class BadModulesProbeTest {
    private static ProbeBench bench;

    @BeforeAll
    static void start() {
        bench = new ProbeBench(1);
    }

    @AfterAll
    static void stop() {
        if (bench != null) {
            bench.close();
        }
    }

    private static TestFront front() {
        return new TestFront("bad", bench.serverPort());
    }

    /** Something with a connection. */
    @FunctionalInterface
    private interface ThrowingCall {
        void run() throws SQLException;
    }

    private static void assertFails(ThrowingCall call, int code, String... words) {
        assertThatThrownBy(call::run)
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll(words)
                .matches(failure -> ((SQLException) failure).getErrorCode() == code, "error " + code);
    }

    @ParameterizedTest
    @EnumSource(
            value = BadFilterProbe.Fault.class,
            names = {"COMMAND_THROWS", "COMMAND_NULL", "REPLY_THROWS", "REPLY_NULL", "INTEREST_THROWS"})
    void shouldEndOnlyTheSessionWhoseFilterFailsAtACommand(BadFilterProbe.Fault fault) throws Exception {
        TestFront front = front().filter("wrong", new BadFilterProbe(fault));
        int port = bench.listen(front);
        try (Connection other = connect(port);
                Connection victim = connect(port)) {
            assertFails(() -> ask(victim, "SELECT 1 /*fault*/"), 1105, "filter 'wrong' failed");
            await("the session to end", () -> front.service().sessions() == 1);
            assertThat(ask(other, "SELECT 2")).isEqualTo("2");
        }
        awaitEmpty(front);
    }

    @ParameterizedTest
    @EnumSource(
            value = BadFilterProbe.Fault.class,
            names = {"OPEN_THROWS", "OPEN_NULL"})
    void shouldRefuseOnlyTheClientWhoseFilterFailsToOpen(BadFilterProbe.Fault fault) throws Exception {
        BadFilterProbe filter = new BadFilterProbe(fault);
        TestFront front = front().filter("wrong", filter);
        int port = bench.listen(front);
        try (Connection other = connect(port)) {
            filter.armed.set(true);
            assertFails(() -> connect(port), 1105, "filter 'wrong' failed");
            assertThat(ask(other, "SELECT 2")).isEqualTo("2");
        }
        awaitEmpty(front);
    }

    @ParameterizedTest
    @EnumSource(
            value = BadFilterProbe.Fault.class,
            names = {"EXPORT_THROWS", "EXPORT_NULL", "IMPORT_THROWS", "CLOSE_THROWS", "OPEN_THROWS", "OPEN_NULL"})
    void shouldServeOnWhenAFilterFailsInAMove(BadFilterProbe.Fault fault) throws Exception {
        BadFilterProbe before = new BadFilterProbe(fault);
        BadFilterProbe after = new BadFilterProbe(fault);
        TestFront front = front().filter("wrong", before);
        int port = bench.listen(front);
        try (Connection connection = connect(port)) {
            String server = ask(connection, "SELECT CONNECTION_ID()");
            before.armed.set(true);
            after.armed.set(true);
            front.filter("wrong", after);
            bench.publish(front);
            assertThat(ask(connection, "SELECT CONNECTION_ID()")).isEqualTo(server);
            boolean moves = fault == BadFilterProbe.Fault.CLOSE_THROWS;
            long seen = before.commands.get();
            assertThat(ask(connection, "SELECT 3")).isEqualTo("3");
            assertThat(before.commands.get() > seen).isEqualTo(!moves);
            assertThat(after.commands.get() > 0).isEqualTo(moves);
        }
        awaitEmpty(front);
    }

    private static Route wrong(Command command) {
        String sql = command.hasSql() ? command.sql() : "";
        if (sql.contains("/*throw*/")) {
            throw new IllegalStateException("on purpose");
        }
        if (sql.contains("/*next*/")) {
            return Route.ask("server1", "SELECT 1", result -> {
                throw new IllegalStateException("on purpose");
            });
        }
        if (sql.contains("/*source*/")) {
            return Route.answer(sink -> {
                throw new IllegalStateException("on purpose");
            });
        }
        return Route.to(sql.contains("/*unknown*/") ? "nowhere" : "server1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "next", "source", "null", "unknown"})
    void shouldEndOnlyTheSessionWhoseRouterFails(String fault) throws Exception {
        TestFront front = front().router(context -> {
            RouterSession part = ProbeBench.router(BadModulesProbeTest::wrong).open(context);
            return new RouterSession() {
                @Override
                public org.penstock.api.command.CommandInterest interest() {
                    return part.interest();
                }

                @Override
                @SuppressWarnings("NullAway") // the fault
                public Route route(Command command, Holds holds) {
                    return command.hasSql() && command.sql().contains("/*null*/") ? null : part.route(command, holds);
                }
            };
        });
        int port = bench.listen(front);
        try (Connection other = connect(port);
                Connection victim = connect(port)) {
            assertThat(ask(other, "SELECT 1")).isEqualTo("1");
            String named = fault.equals("unknown") ? "server 'nowhere' is not one of service 'bad'" : "router 'bad'";
            assertFails(() -> ask(victim, "SELECT 1 /*" + fault + "*/"), 1105, named);
            await("the session to end", () -> front.service().sessions() == 1);
            assertThat(ask(other, "SELECT 2")).isEqualTo("2");
        }
        awaitEmpty(front);
    }

    private static RuntimeException purpose() {
        return new IllegalStateException("on purpose");
    }

    /** An object whose method of a name does something else while armed. */
    private static <T> T armed(
            Class<T> type, T good, String method, AtomicBoolean armed, Function<Object[], Object> bad) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, given) -> {
                    if (armed.get() && called.getName().equals(method)) {
                        return bad.apply(given);
                    }
                    return called.invoke(good, given);
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"machine", "response", "nothing", "background", "error"})
    void shouldRefuseOnlyTheClientWhoseAuthenticatorFails(String fault) throws Exception {
        AtomicBoolean armed = new AtomicBoolean();
        ClientAuth bad = response -> switch (fault) {
            case "background" ->
                new AuthStep.InBackground(() -> {
                    throw purpose();
                });
            case "error" ->
                new AuthStep.InBackground(() -> {
                    throw new AssertionError("on purpose");
                });
            default -> throw purpose();
        };
        ClientAuth nothing = armed(ClientAuth.class, bad, "onResponse", new AtomicBoolean(true), given -> null);
        Authenticator wrong = armed(Authenticator.class, new NativePasswordAuthenticator(), "client", armed, given -> {
            if (fault.equals("machine")) {
                throw purpose();
            }
            return fault.equals("nothing") ? nothing : bad;
        });
        TestFront front = front().authenticator(wrong);
        int port = bench.listen(front);
        try (Connection other = connect(port)) {
            armed.set(true);
            assertFails(() -> connect(port), 1045, "Access denied for user 'app'");
            assertThat(ask(other, "SELECT 2")).isEqualTo("2");
            armed.set(false);
            connect(port).close();
        }
        awaitEmpty(front);
    }

    @Test
    void shouldRefuseOnlyTheClientWhoseProtocolFails() throws Exception {
        for (String method : Set.of("clientLogin", "serverLogin")) {
            AtomicBoolean armed = new AtomicBoolean();
            Protocol wrong = armed(Protocol.class, new MariaDbProtocol(), method, armed, given -> {
                throw purpose();
            });
            TestFront front = front().protocol(wrong);
            int port = bench.listen(front);
            try (Connection other = connect(port)) {
                armed.set(true);
                assertFails(() -> connect(port), 1105, "protocol 'MySQL", "failed: IllegalStateException");
                assertThat(ask(other, "SELECT 2")).isEqualTo("2");
            }
            awaitEmpty(front);
        }
    }
}
