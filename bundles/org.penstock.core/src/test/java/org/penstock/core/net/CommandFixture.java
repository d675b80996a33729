package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.core.net.RawClient.bytes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.penstock.core.login.LoginPolicy;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.wire.PacketWriter;

/** A server and a proxy in front of it, for tests that do the same at both and compare what comes, packet by packet. */
abstract class CommandFixture {
    static final int READ_ONLY_CURSOR = 1;

    static EmbeddedCluster cluster;
    private static Reactor reactor;
    static int port;

    @BeforeAll
    static void start() throws Exception {
        cluster = EmbeddedCluster.builder()
                .replicas(0)
                .option("--max-allowed-packet=128M")
                .option("--local-infile=1")
                .start();
        reactor = new Reactor(Transport.choose(), 2, 2);
        port = listen(LoginPolicy.ANY);
    }

    /** Another listener in front of the server. */
    static int listen(LoginPolicy policy) throws Exception {
        return TestListener.of(reactor, new TestFront(cluster.primary().port()))
                .policy(policy)
                .openPort();
    }

    @AfterAll
    static void stop() {
        if (reactor != null) {
            reactor.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    /** What a client does; what it writes down is compared. */
    interface Script {
        void run(RawClient client, List<String> seen) throws IOException;
    }

    static List<String> transcript(int at, long capabilities, Script script) throws IOException {
        List<String> seen = new ArrayList<>();
        try (RawClient client = RawClient.connected(at, capabilities)) {
            script.run(client, seen);
        }
        return seen;
    }

    /** Runs the script straight against the server and through the proxy, by clients of the old and of the new end of rows. */
    static List<String> same(Script script) throws IOException {
        return same(script, RawClient.OLD_EOF, RawClient.MODERN);
    }

    /** As {@link #same(Script)}, by clients of these capabilities. */
    static List<String> same(Script script, long... clients) throws IOException {
        List<String> proxied = List.of();
        for (long capabilities : clients) {
            List<String> direct = transcript(cluster.primary().port(), capabilities, script);
            proxied = transcript(port, capabilities, script);
            assertThat(proxied).isEqualTo(direct);
            assertThat(proxied).isNotEmpty();
        }
        return proxied;
    }

    static byte[] statement(int id, int... more) {
        PacketWriter writer = new PacketWriter().writeInt(id);
        for (int each : more) {
            writer.writeInt(each);
        }
        return writer.toByteArray();
    }

    /** COM_STMT_EXECUTE without its command byte: one string parameter, or none. */
    static byte[] execute(int id, int flags, String... parameter) {
        PacketWriter writer = new PacketWriter().writeInt(id).writeByte(flags).writeInt(1);
        if (parameter.length > 0) {
            writer.writeByte(0).writeByte(1).writeByte(0xFD).writeByte(0);
            writer.writeLenencBytes(bytes(parameter[0]));
        }
        return writer.toByteArray();
    }
}
