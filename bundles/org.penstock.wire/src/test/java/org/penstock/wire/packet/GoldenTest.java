package org.penstock.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.wire.ByteSource;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWalker;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.reply.ReplyEvent;
import org.penstock.wire.reply.ReplyTracker;

/** Conversations of real servers and drivers: every packet is read back as it was, every reply is followed to its end. */
class GoldenTest {
    private static final int ROUNDS = 50;

    @ParameterizedTest
    @ValueSource(strings = {"mariadb-11.4.5/prepared", "mariadb-11.4.5/change-user", "mysql-8.0.15/cursor"})
    void shouldFollowRecordedConversation(String name) throws IOException {
        Dump dump = Dump.read(name);
        byte[] greeting = dump.packets().get(0).payload();
        byte[] response = dump.packets().get(1).payload();
        HandshakeV10 server = HandshakeV10.decode(greeting);
        HandshakeResponse41 client = HandshakeResponse41.decode(response);
        assertThat(server.encode()).isEqualTo(greeting);
        assertThat(client.encode()).isEqualTo(response);
        assertThat(server.seed()).hasSize(20).doesNotContain(0);
        assertThat(client.user()).isEqualTo("app");
        assertThat(client.database()).isEqualTo("demo");
        assertThat(client.attributeMap()).containsKey("_client_name");

        Random random = new Random(name.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            new Replay(dump, server.capabilities() & client.capabilities()).run(random, round == 0);
        }
    }

    private static final class Replay {
        private final Dump dump;
        private final long capabilities;
        private final Deque<byte[]> commands = new ArrayDeque<>();
        private final byte[] replies;
        private final PacketWalker walker = new PacketWalker();
        private final ReplyTracker tracker = new ReplyTracker();
        private final Map<ReplyEvent, Integer> seen = new EnumMap<>(ReplyEvent.class);

        Replay(Dump dump, long capabilities) {
            this.dump = dump;
            this.capabilities = capabilities;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (Dump.Packet packet :
                    dump.packets().subList(dump.loggedIn(), dump.packets().size())) {
                if (packet.server()) {
                    out.writeBytes(PacketWriter.frame(packet.sequence(), packet.payload()));
                } else if (packet.sequence() == 0) {
                    commands.add(packet.payload());
                }
            }
            replies = out.toByteArray();
        }

        void run(Random random, boolean whole) {
            for (int from = 0; from < replies.length; ) {
                int size = whole ? replies.length : 1 + random.nextInt(random.nextBoolean() ? 10 : 500);
                int to = Math.min(replies.length, from + size);
                walker.feed(ByteSource.of(replies, from, to - from));
                take();
                from = to;
            }
            assertThat(tracker.ended()).isTrue();
            assertThat(commands).allSatisfy(left -> assertThat(CommandType.hasReply(left[0]))
                    .isFalse());
            assertThat(seen).containsKeys(ReplyEvent.OK, ReplyEvent.ROW, ReplyEvent.PREPARE_OK, ReplyEvent.ERR);
        }

        private void take() {
            while (!tracker.ended() || walker.headed()) {
                if (tracker.ended()) {
                    begin();
                }
                ReplyEvent event = tracker.next(walker);
                if (event == ReplyEvent.NONE) {
                    return;
                }
                seen.merge(event, 1, Integer::sum);
                check(event);
            }
        }

        private void begin() {
            byte[] command = commands.remove();
            while (!CommandType.hasReply(command[0])) {
                command = commands.remove();
            }
            assertThat(walker.sequence()).isEqualTo(1);
            if (command[0] == CommandType.CHANGE_USER) {
                assertThat(ComChangeUser.decode(command, capabilities).encode(capabilities))
                        .isEqualTo(command);
            }
            tracker.begin(command[0], capabilities);
        }

        private void check(ReplyEvent event) {
            if (!walker.whole()) {
                return;
            }
            byte[] payload = new byte[walker.length()];
            for (int i = 0; i < payload.length; i++) {
                payload[i] = walker.at(i);
            }
            switch (event) {
                case OK -> {
                    OkPacket ok = OkPacket.decode(payload, capabilities);
                    assertThat(ok.encode(capabilities)).isEqualTo(payload);
                    assertThat(ok.status()).isEqualTo(tracker.status());
                    assertThat(SessionChange.encode(SessionChange.decode(ok.sessionChanges())))
                            .isEqualTo(ok.sessionChanges());
                }
                case COLUMN ->
                    assertThat(ColumnDefinition41.decode(payload, capabilities).encode(capabilities))
                            .isEqualTo(payload);
                case ERR ->
                    assertThat(ErrPacket.decode(payload).encode(capabilities)).isEqualTo(payload);
                case AUTH_SWITCH ->
                    assertThat(AuthSwitchRequest.decode(payload).encode()).isEqualTo(payload);
                case LOCAL_INFILE ->
                    assertThat(LocalInfileRequest.decode(payload).encode()).isEqualTo(payload);
                default -> assertThat(payload).isNotEmpty();
            }
        }
    }
}
