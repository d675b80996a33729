package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.core.net.ProbeBench.ask;
import static org.penstock.core.net.ProbeBench.await;
import static org.penstock.core.net.ProbeBench.awaitEmpty;
import static org.penstock.core.net.ProbeBench.connect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions at work go over to new plans, with their state and on their server connections. */
class PlanMoveProbesTest {
    private static final int CLIENTS = 8;
    private static final int PLANS = 100;

    private static ProbeBench bench;

    @BeforeAll
    static void start() {
        bench = new ProbeBench(2);
    }

    @AfterAll
    static void stop() {
        if (bench != null) {
            bench.close();
        }
    }

    /** One client: asks and checks until it is told to stop, and returns how often it asked. */
    private static long work(int port, int client, AtomicBoolean stop) throws SQLException {
        long asked = 0;
        try (Connection connection = connect(port);
                PreparedStatement sum = connection.prepareStatement("SELECT ? + 1, CONNECTION_ID(), @probe")) {
            assertThat(ask(connection, "SELECT @probe := " + client)).isEqualTo("" + client);
            String server = ask(connection, "SELECT CONNECTION_ID()");
            for (int i = 0; !stop.get() || i < 10; i++) {
                sum.setInt(1, i);
                try (ResultSet result = sum.executeQuery()) {
                    assertThat(result.next()).isTrue();
                    assertThat(result.getInt(1)).isEqualTo(i + 1);
                    assertThat(result.getString(2)).isEqualTo(server);
                    assertThat(result.getInt(3)).isEqualTo(client);
                }
                asked++;
            }
            // The filter answers with what it has counted in this session, over all of its generations.
            assertThat(ask(connection, "SELECT /*counted*/ 0")).isEqualTo("" + (asked + 2));
        }
        return asked;
    }

    @Test
    void shouldMoveWorkingSessionsToNewPlansWithTheirStateAndServerConnections() throws Exception {
        AtomicLong counted = new AtomicLong();
        AtomicLong imports = new AtomicLong();
        TestFront front =
                new TestFront("moving", bench.serverPort()).filter("count", new CountingProbe(0, counted, imports));
        int port = bench.listen(front);
        AtomicBoolean stop = new AtomicBoolean();
        List<CompletableFuture<Long>> clients = new ArrayList<>();
        for (int c = 0; c < CLIENTS; c++) {
            int client = c;
            clients.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return work(port, client, stop);
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> new Thread(task, "client-" + client).start()));
        }
        try {
            await("the clients", () -> counted.get() > 20L * CLIENTS);
            CountingProbe last = null;
            for (int p = 1; p <= PLANS; p++) {
                last = new CountingProbe(p, counted, imports);
                front.filter("count", last);
                bench.publish(front);
                CountingProbe now = last;
                await("all sessions in plan " + p, () -> now.parts.get() == CLIENTS);
            }
            assertThat(imports).hasValue((long) CLIENTS * PLANS);
        } finally {
            stop.set(true);
        }
        long asked = 0;
        for (CompletableFuture<Long> client : clients) {
            asked += client.get(20, TimeUnit.SECONDS);
        }
        assertThat(counted).hasValue(asked + 3L * CLIENTS);
        awaitEmpty(front);
    }
}
