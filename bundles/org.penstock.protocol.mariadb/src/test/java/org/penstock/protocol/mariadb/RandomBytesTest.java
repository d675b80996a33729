package org.penstock.protocol.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.LoginStep;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginStep;
import org.penstock.wire.packet.AuthSwitchRequest;
import org.penstock.wire.packet.ComChangeUser;
import org.penstock.wire.packet.OkPacket;

/** Bytes of any kind end in a step, never in an exception: random ones, and good packets with some bytes changed, cut or added. */
class RandomBytesTest {
    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldAnswerAnyBytesOfAClient(long seed) {
        Random random = new Random(seed);
        byte[] good = Peers.response(Peers.CLIENT);
        int[] identified = new int[1];
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = random.nextInt(4) == 0 ? randomBytes(random) : mutated(good, random);
            assertThatCode(() -> {
                        ClientLogin login = Peers.client(Peers.MARIADB, true);
                        LoginStep step = login.onPacket(new Bytes(bytes));
                        identified[0] += step instanceof LoginStep.Identified ? 1 : 0;
                        assertThat(login.onPacket(new Bytes(bytes))).isNotNull();
                    })
                    .as("seed %d, round %d", seed, round)
                    .doesNotThrowAnyException();
        }
        assertThat(identified[0]).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldAnswerAnyChangeOfUser(long seed) {
        Random random = new Random(seed);
        byte[] good =
                new ComChangeUser("app", new byte[20], "shop", 45, Peers.NATIVE, Peers.ATTRIBUTES).encode(Peers.CLIENT);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutated(good, random);
            assertThatCode(() -> new MariaDbProtocol()
                            .changeUser(
                                    new ClientLoginRequest(Peers.greeting(Peers.MARIADB), Peers.CLIENT, false),
                                    new Bytes(bytes))
                            .begin())
                    .as("seed %d, round %d", seed, round)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldAnswerAnyBytesOfAServer(long seed) {
        Random random = new Random(seed);
        byte[] greeting = Peers.serverGreeting(Peers.MARIADB, Peers.NATIVE);
        byte[][] answers = {
            OkPacket.of(1, 2, 3, 4).encode(Peers.CLIENT),
            AuthSwitchRequest.ofSeed(Peers.NATIVE, Peers.SEED).encode(),
            {(byte) 0xFF, 0x15, 0x04, '#', '2', '8', '0', '0', '0', 'n', 'o'},
            {1, 4}
        };
        int[] ready = new int[1];
        for (int round = 0; round < ROUNDS; round++) {
            byte[] first = random.nextInt(4) == 0 ? mutated(greeting, random) : greeting;
            byte[] second = mutated(answers[random.nextInt(answers.length)], random);
            boolean tls = random.nextInt(8) == 0;
            assertThatCode(() -> {
                        ServerLogin login = new MariaDbProtocol()
                                .serverLogin(Peers.serverRequest(tls, "shop", Peers.authenticators(Peers.NATIVE)));
                        assertThat(login.onPacket(new Bytes(first))).isNotNull();
                        assertThat(tls ? login.onTls() : ServerLoginStep.AWAIT).isNotNull();
                        ServerLoginStep step = login.onPacket(new Bytes(second));
                        ready[0] += step instanceof ServerLoginStep.Ready ? 1 : 0;
                        assertThat(login.onPacket(new Bytes(second))).isNotNull();
                    })
                    .as("seed %d, round %d", seed, round)
                    .doesNotThrowAnyException();
        }
        assertThat(ready[0]).isPositive();
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(120)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(byte[] good, Random random) {
        int length = random.nextInt(3) == 0 ? random.nextInt(good.length + 8) : good.length;
        byte[] bytes = java.util.Arrays.copyOf(good, length);
        for (int i = random.nextInt(5); i > 0 && length > 0; i--) {
            bytes[random.nextInt(length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
