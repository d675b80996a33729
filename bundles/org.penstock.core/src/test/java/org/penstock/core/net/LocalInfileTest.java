package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.core.net.RawClient.bytes;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.login.Permissions;
import org.penstock.wire.Capabilities;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.HandshakeV10;

/** Files of the client that a statement reads. */
class LocalInfileTest extends CommandFixture {
    /** Far more than sockets and water marks hold. */
    private static final int MUCH = 64 << 20;

    @Test
    void shouldPassALocalFile() throws Exception {
        byte[] content = bytes("0123456789abcdef\n".repeat(300_000));
        List<String> seen = same((client, notes) -> {
            client.run("DROP TABLE IF EXISTS cmd_load");
            notes.addAll(client.run("CREATE TABLE cmd_load (v CHAR(16)) ENGINE=Aria TRANSACTIONAL=0"));
            notes.addAll(client.run("LOAD DATA LOCAL INFILE 'a file' INTO TABLE cmd_load"));
            int number = 2;
            for (int from = 0; from < content.length; from += 1_000_000) {
                int to = Math.min(content.length, from + 1_000_000);
                client.send(number++, Arrays.copyOfRange(content, from, to));
            }
            client.send(number, new byte[0]);
            notes.addAll(client.reply());
            notes.addAll(client.run("SELECT count(*), min(v), max(v) FROM cmd_load"));
            // a client that has no such file sends nothing but the end
            notes.addAll(client.run("LOAD DATA LOCAL INFILE 'missing' INTO TABLE cmd_load"));
            client.send(2, new byte[0]);
            notes.addAll(client.reply());
            notes.addAll(client.run("LOAD DATA LOCAL INFILE 'x' INTO TABLE no_such_table"));
            notes.addAll(client.run("LOAD DATA LOCAL INFILE 'x' INTO TABLE cmd_load; SELECT 'behind'"));
            client.send(2, bytes("one\ntwo\n"));
            client.send(3, new byte[0]);
            notes.addAll(client.reply());
            notes.addAll(client.run("SELECT 'in step'"));
        });
        assertThat(seen).anyMatch(packet -> packet.contains("300000"));
    }

    @Test
    void shouldKeepNothingOfAFileThatTheServerDoesNotRead() throws Exception {
        cluster.primary()
                .execute("USE demo; CREATE OR REPLACE TABLE load_held (v TEXT) ENGINE=Aria TRANSACTIONAL=0;"
                        + " CREATE TRIGGER load_waits BEFORE INSERT ON load_held FOR EACH ROW SET @held ="
                        + " IF(@held IS NULL, GET_LOCK('load_held', 60), 1); GRANT TRIGGER ON demo.* TO 'app'@'%'");
        byte[] line = bytes("x".repeat(16383) + "\n");
        byte[] packet = PacketWriter.frame(2, repeated(line, 64));
        int packets = MUCH >> 20;
        AtomicLong written = new AtomicLong();
        try (RawClient holder = RawClient.connected(port, RawClient.MODERN);
                RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            holder.run("SELECT GET_LOCK('load_held', 1)");
            client.run("LOAD DATA LOCAL INFILE 'much' INTO TABLE load_held");
            long before = memory();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, packet, packets, written));
            long stopped = standsStill(written);
            assertThat(stopped).as("bytes that were taken of the client").isLessThan(MUCH / 2);
            assertThat(memory() - before).as("buffers of the proxy").isLessThan(8 << 20);
            holder.run("SELECT RELEASE_LOCK('load_held')");
            sending.get(30, TimeUnit.SECONDS);
            client.send(2 + packets, new byte[0]);
            client.reply();
            assertThat(client.run("SELECT count(*) FROM load_held"))
                    .anyMatch(row -> row.contains(String.valueOf(MUCH / 16384)));
        }
    }

    private static byte[] repeated(byte[] line, int times) {
        byte[] all = new byte[line.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(line, 0, all, i * line.length, line.length);
        }
        return all;
    }

    private static void send(RawClient client, byte[] packet, int packets, AtomicLong written) {
        try {
            for (int i = 0; i < packets; i++) {
                packet[3] = (byte) (2 + i);
                client.bytes(packet);
                written.addAndGet(packet.length);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Waits until nothing more is taken. */
    private static long standsStill(AtomicLong written) {
        long seen = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(700)) {
            if (written.get() != seen) {
                seen = written.get();
                since = System.nanoTime();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return seen;
    }

    private static long memory() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    @Test
    void shouldGiveTheServersErrorWhereTheListenerDoesNotAllowLocalFiles() throws Exception {
        int closed = listen(LoginPolicy.ANY.permit(new Permissions(true, false)));
        List<String> direct = transcript(
                cluster.primary().port(),
                RawClient.MODERN & ~Capabilities.LOCAL_FILES,
                (client, notes) -> notes.addAll(client.run("LOAD DATA LOCAL INFILE 'x' INTO TABLE load_held")));
        try (RawClient client = new RawClient(closed)) {
            HandshakeV10 greeting = client.greeting();
            assertThat(greeting.capabilities() & Capabilities.LOCAL_FILES).isZero();
        }
        // a client that announces it all the same
        List<String> refused = transcript(closed, RawClient.MODERN, (client, notes) -> {
            notes.addAll(client.run("LOAD DATA LOCAL INFILE 'x' INTO TABLE load_held"));
            assertThat(client.run("SELECT 'in step'")).anyMatch(packet -> packet.contains("in step"));
        });
        assertThat(refused).isEqualTo(direct).hasSize(1);
    }
}
