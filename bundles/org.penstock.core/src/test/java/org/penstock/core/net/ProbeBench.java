package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.filter.FilterSession;
import org.penstock.api.router.Route;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.plan.Plan;
import org.penstock.servers.EmbeddedCluster;

/** A cluster with a reactor, in front of which tests put services of their own. */
final class ProbeBench implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(20);

    private final EmbeddedCluster cluster;
    private final Reactor reactor;
    private final List<Channel> listeners = new ArrayList<>();

    ProbeBench(int loops) {
        cluster = EmbeddedCluster.builder().replicas(0).start();
        reactor = new Reactor(Transport.choose(), loops, 4);
    }

    Reactor reactor() {
        return reactor;
    }

    int serverPort() {
        return cluster.primary().port();
    }

    /** Listens in front of a service and returns the port. */
    int listen(TestFront front) throws Exception {
        Acceptor acceptor = new Acceptor(
                reactor,
                front,
                new Acceptor.Settings("listener", "MySQLClient", 15_000, 1000, 64 * 1024, 32 * 1024, LoginPolicy.ANY));
        Channel channel = acceptor.bind("127.0.0.1", 0).toCompletableFuture().get(5, TimeUnit.SECONDS);
        listeners.add(channel);
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/demo?user=app&password=app&sslMode=disable");
    }

    /** The first value of the first row. */
    static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).as(sql).isTrue();
            return result.getString(1);
        }
    }

    /** Tells the sessions of a service of its current plan, as the engine does. */
    Plan publish(TestFront front) {
        Plan plan = front.plan();
        reactor.loops().onEach(loop -> {
            for (NettySession session : loop.sessions()) {
                if (session.frontend() == front) {
                    session.handle(() -> session.machine().planPublished(plan));
                }
            }
        });
        return plan;
    }

    /** Waits until nothing of a service is left: no session, no server connection, no part of a module. */
    static void awaitEmpty(TestFront front) {
        await("sessions", () -> front.service().sessions() == 0);
        ServerView server = front.servers().get(0);
        await("server connections", () -> server.connections() == 0);
        await("operations", () -> server.operations() == 0);
        await("parts", () -> front.parts() == 0);
        assertThat(front.budget().used()).as("collected bytes").isZero();
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("time for " + what).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** A filter's part that sees whole commands and forwards them. */
    abstract static class Watching implements FilterSession {
        @Override
        public CommandInterest interest() {
            return CommandInterest.complete(1 << 20);
        }
    }

    /** A router whose decisions are a function of the command. */
    static Router router(Function<Command, Route> decide) {
        return new Router() {
            @Override
            public RouterSession open(RouterContext context) {
                return new RouterSession() {
                    @Override
                    public CommandInterest interest() {
                        return CommandInterest.complete(1 << 20);
                    }

                    @Override
                    public Route route(Command command, Holds holds) {
                        return decide.apply(command);
                    }
                };
            }
        };
    }

    @Override
    public void close() {
        for (Channel listener : listeners) {
            listener.close();
        }
        reactor.close();
        cluster.close();
    }
}
