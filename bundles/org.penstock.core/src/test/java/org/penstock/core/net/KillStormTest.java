package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.wire.CommandType;

/** KILL under load, with connections that go from session to session, and from the keyboard. */
class KillStormTest extends ProxyFixture {
    /** Kills of one run; {@code -Dpenstock.kills=100000} for a long one. */
    private static final int KILLS = Integer.getInteger("penstock.kills", 500);

    private static final int VICTIMS = 4;
    private static final int BYSTANDERS = 4;
    private static final int KILLERS = 2;

    @TempDir
    Path directory;

    private final AtomicLongArray targets = new AtomicLongArray(VICTIMS);
    private final AtomicInteger left = new AtomicInteger(KILLS);
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final List<String> wrong = new java.util.concurrent.CopyOnWriteArrayList<>();

    @Test
    void shouldNeverHitASessionThatWasNotAimedAt() throws Exception {
        TestFront pooled = new TestFront(cluster.primary().port()).configure(Tuned.pool(8, Duration.ofMinutes(1)));
        int at = listen(pooled, 5000);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < VICTIMS; i++) {
            int index = i;
            threads.add(new Thread(() -> victim(at, index)));
        }
        for (int i = 0; i < BYSTANDERS; i++) {
            threads.add(new Thread(() -> bystander(at)));
        }
        for (int i = 0; i < KILLERS; i++) {
            threads.add(new Thread(() -> killer(at)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(TimeUnit.MINUTES.toMillis(10));
        }
        assertThat(wrong).isEmpty();
        assertThat(left.get()).isLessThanOrEqualTo(0);
        assertThat(hits.get()).isPositive();
        assertThat(answers.get()).isPositive();
        pooled.configure(Tuned.pool(0, Duration.ZERO));
    }

    /** Runs short statements, some of which are interrupted, and hands its connection back. */
    private void victim(int at, int index) {
        while (left.get() > 0) {
            try (RawClient client = new RawClient(at)) {
                targets.set(index, client.greeting().connectionId());
                client.send(1, client.login(RawClient.MODERN, "app"));
                client.loginAnswer("app");
                for (int i = 0; i < 3; i++) {
                    client.run("SELECT SLEEP(0.002)");
                }
                client.command(CommandType.QUIT, new byte[0]);
            } catch (IOException e) {
                hits.incrementAndGet();
            }
        }
    }

    /** Does the same and must not notice anything. */
    private void bystander(int at) {
        while (left.get() > 0) {
            try (RawClient client = RawClient.connected(at, RawClient.MODERN)) {
                for (int i = 0; i < 3; i++) {
                    List<String> reply = client.run("SELECT 'mine' FROM (SELECT SLEEP(0.002)) AS slept");
                    if (reply.stream().noneMatch(packet -> packet.contains("mine"))) {
                        wrong.add(reply.toString());
                    }
                    answers.incrementAndGet();
                }
                client.command(CommandType.QUIT, new byte[0]);
            } catch (IOException e) {
                wrong.add(e.toString());
            }
        }
    }

    private void killer(int at) {
        try (RawClient client = RawClient.connected(at, RawClient.MODERN)) {
            while (left.getAndDecrement() > 0) {
                ThreadLocalRandom random = ThreadLocalRandom.current();
                long id = targets.get(random.nextInt(VICTIMS));
                if (id == 0) {
                    continue;
                }
                String kill = "KILL " + (random.nextBoolean() ? "QUERY " : "") + id;
                String reply = client.run(kill).toString();
                if (reply.contains("You are not owner of thread")) {
                    // A server that is just forgetting the connection forgets its user a moment too early.
                    String again = client.run(kill).toString();
                    if (again.contains("You are not owner of thread")) {
                        wrong.add(reply + ", then " + again);
                    }
                } else if (!reply.contains("Unknown thread id") && !reply.startsWith("[1:7:")) {
                    wrong.add(reply);
                }
            }
        } catch (IOException e) {
            wrong.add(e.toString());
        }
    }

    @Test
    void shouldStopAStatementFromTheKeyboard() throws Exception {
        Path out = directory.resolve("out");
        Process client = new ProcessBuilder(
                        cluster.installation().client().toString(),
                        "--no-defaults",
                        "--skip-ssl",
                        "-h127.0.0.1",
                        "-P" + port,
                        "-uapp",
                        "-papp",
                        "demo",
                        "-e",
                        "SELECT SLEEP(47)")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            await(() -> cluster.primary()
                    .execute("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO = 'SELECT SLEEP(47)'")
                    .contains("1"));
            new ProcessBuilder("kill", "-INT", Long.toString(client.pid()))
                    .start()
                    .waitFor();
            assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(out)).containsAnyOf("query killed", "1317");
        } finally {
            client.destroyForcibly();
        }
    }
}
