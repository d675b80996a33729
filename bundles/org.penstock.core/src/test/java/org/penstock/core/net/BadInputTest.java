package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.filter.FilterSession;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ErrPacket;

/** Clients that break the rules, over real sockets: each gets a clear error, and nobody else notices. */
class BadInputTest extends ProxyFixture {
    private static final int LOGIN_TIMEOUT_MILLIS = 400;

    // -- before the login

    @Test
    void shouldRefuseGarbageBeforeTheLogin() throws Exception {
        for (String garbage : new String[] {"GET / HTTP/1.1\r\nHost: here\r\n\r\n", "\0\0\0\1", "\1\0\0\1\0"}) {
            try (RawClient client = new RawClient(port)) {
                client.greeting();
                client.bytes(RawClient.bytes(garbage));
                assertThat(ErrPacket.decode(client.payload()).code()).isIn(1043, 1251);
                assertThat(client.closed()).isTrue();
            }
        }
    }

    @Test
    void shouldGiveTheErrorEvenWhenMuchMoreFollows() throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            byte[] packet = PacketWriter.frame(1, new byte[300_000]);
            client.bytes(packet);
            expectErrorAndEnd(client, 1043);
        }
    }

    @Test
    void shouldRefuseAHugePacketBeforeTheLoginByItsHeaderAlone() throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            client.bytes(new byte[] {-1, -1, -1, 1});
            expectErrorAndEnd(client, 1043);
        }
    }

    @Test
    void shouldRefuseAWrongSequenceNumberInTheLogin() throws Exception {
        for (int number : new int[] {0, 2, 255}) {
            try (RawClient client = new RawClient(port)) {
                client.greeting();
                client.send(number, client.login(RawClient.MODERN, "app"));
                expectErrorAndEnd(client, 1043);
            }
        }
    }

    @Test
    void shouldForgetAClientThatHangsUpInsideItsLogin() throws Exception {
        int length = 1;
        for (int cut = 0; cut < length; cut++) {
            try (RawClient client = new RawClient(port)) {
                client.greeting();
                byte[] framed = PacketWriter.frame(1, client.login(RawClient.MODERN, "app"));
                length = framed.length;
                client.bytes(Arrays.copyOf(framed, cut));
            }
        }
        assertThat(length).isGreaterThan(100);
    }

    @Test
    void shouldAnswerATruncatedLogin() throws Exception {
        int length = 1;
        int accepted = 0;
        for (int cut = 0; cut < length; cut++) {
            try (RawClient client = new RawClient(port)) {
                client.greeting();
                byte[] response = client.login(RawClient.MODERN, "app");
                length = response.length;
                client.send(1, Arrays.copyOf(response, cut));
                byte[] answer = client.payload();
                assertThat(RawClient.first(answer)).isIn(0x00, 0xFE, 0xFF);
                accepted += RawClient.first(answer) == 0 ? 1 : 0;
                if (RawClient.first(answer) == 0xFF) {
                    assertThat(ErrPacket.decode(answer).code()).isIn(1043, 1045);
                    assertThat(client.closed()).isTrue();
                }
            }
        }
        // the method and the attributes may be left out
        assertThat(accepted).isLessThan(length / 2);
    }

    @Test
    void shouldSendASilentClientAway() throws Exception {
        int impatient = listen(front, LOGIN_TIMEOUT_MILLIS);
        try (RawClient silent = new RawClient(impatient);
                RawClient slow = new RawClient(impatient)) {
            silent.greeting();
            slow.greeting();
            slow.bytes(new byte[] {50, 0, 0});
            expectErrorAndEnd(silent, 1159);
            expectErrorAndEnd(slow, 1159);
        }
    }

    @Test
    void shouldAnswerNothingBehindAFailedLogin() throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            byte[] both = new PacketWriter()
                    .writeBytes(PacketWriter.frame(1, client.login(RawClient.MODERN, "wrong")))
                    .writeBytes(PacketWriter.frame(0, RawClient.query("SELECT 1")))
                    .toByteArray();
            client.bytes(both);
            expectErrorAndEnd(client, 1045);
        }
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            client.send(1, client.login(RawClient.MODERN, "wrong"));
            assertThat(ErrPacket.decode(client.payload()).code()).isEqualTo(1045);
            client.send(0, RawClient.query("SELECT 1"));
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void shouldServeACommandSentTogetherWithTheLogin() throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            client.bytes(new PacketWriter()
                    .writeBytes(PacketWriter.frame(1, client.login(RawClient.MODERN, "app")))
                    .writeBytes(PacketWriter.frame(0, RawClient.query("SELECT 'early'")))
                    .toByteArray());
            assertThat(client.loginAnswer("app")[0]).isZero();
            assertThat(client.reply()).anyMatch(packet -> packet.contains("early"));
        }
    }

    // -- behind the login

    @Test
    void shouldEndTheSessionOfACommandWithoutBytes() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.bytes(new byte[4]);
            expectErrorAndEnd(client, 1835);
        }
    }

    @Test
    void shouldEndTheSessionOfAWrongSequenceNumber() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.send(3, RawClient.query("SELECT 1"));
            expectErrorAndEnd(client, 1156);
        }
    }

    @Test
    void shouldGiveTheErrorBehindTheRepliesBeforeIt() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            client.bytes(new PacketWriter()
                    .writeBytes(PacketWriter.frame(0, RawClient.query("SELECT 'first'")))
                    .writeBytes(PacketWriter.frame(9, RawClient.query("SELECT 'never'")))
                    .writeBytes(new byte[200_000])
                    .toByteArray());
            assertThat(client.reply()).anyMatch(packet -> packet.contains("first"));
            expectErrorAndEnd(client, 1156);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x1D, 0x50, 0xC8, 0xFF})
    void shouldPassTheServersRefusalOfAnUnknownCommand(int code) throws Exception {
        for (int at : new int[] {cluster.primary().port(), port}) {
            try (RawClient client = RawClient.connected(at, RawClient.MODERN)) {
                client.command(code, new byte[] {1, 2, 3});
                assertThat(ErrPacket.decode(client.payload()).code()).isEqualTo(1047);
                assertThat(client.run("SELECT 'in step'")).anyMatch(packet -> packet.contains("in step"));
            }
        }
    }

    @Test
    void shouldForgetAClientThatHangsUpInsideACommand() throws Exception {
        byte[] framed = PacketWriter.frame(0, RawClient.query("INSERT INTO items SELECT * FROM items WHERE 1 = 0"));
        for (int cut = 1; cut < framed.length; cut += 3) {
            try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
                client.bytes(Arrays.copyOf(framed, cut));
            }
        }
    }

    @Test
    void shouldRefuseACommandThatAFilterCannotSeeAsAWhole() throws Exception {
        TestFront filtered = new TestFront(cluster.primary().port());
        filtered.filter("whole", session -> new FilterSession() {
            @Override
            public CommandInterest interest() {
                return CommandInterest.complete(1000);
            }
        });
        try (RawClient client = RawClient.connected(listen(filtered, 5000), RawClient.MODERN)) {
            for (int size : new int[] {1001, 70_000, 0xFFFFFF, 20 << 20}) {
                List<String> refused = client.run("SELECT '" + "x".repeat(size) + "'");
                assertThat(refused).hasSize(1);
                assertThat(refused.get(0)).contains("#08S01");
                assertThat(client.run("SELECT 'goes on'")).anyMatch(packet -> packet.contains("goes on"));
            }
            client.command(CommandType.QUERY, RawClient.bytes("SELECT '" + "x".repeat(2000) + "'"));
            assertThat(ErrPacket.decode(client.payload()).code()).isEqualTo(1153);
        }
        settled(filtered);
    }
}
