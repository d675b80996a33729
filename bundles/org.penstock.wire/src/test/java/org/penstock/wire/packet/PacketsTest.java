package org.penstock.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CodecException;
import org.penstock.wire.NativePassword;
import org.penstock.wire.ServerStatus;

/** What holds for every packet: read back as written, never read beyond the end, only {@link CodecException} for wrong bytes. */
class PacketsTest {
    private static final long PLAIN = Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION;
    private static final long LOGIN =
            PLAIN | Capabilities.CONNECT_WITH_DB | Capabilities.PLUGIN_AUTH | Capabilities.CONNECT_ATTRS;
    private static final long MARIADB =
            LOGIN | Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA | Capabilities.CACHE_METADATA;
    private static final long EXTENDED = PLAIN | Capabilities.EXTENDED_METADATA;
    private static final long TRACK = PLAIN | Capabilities.SESSION_TRACK;

    /**
     * One packet.
     *
     * @param shortest length of the shortest beginning that is a packet too
     */
    private record Sample(String name, byte[] payload, Function<byte[], byte[]> recode, int shortest) {
        static Sample whole(String name, byte[] payload, Function<byte[], byte[]> recode) {
            return new Sample(name, payload, recode, payload.length);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static byte[] seed() {
        byte[] seed = new byte[NativePassword.LENGTH];
        setAll(seed);
        return seed;
    }

    private static void setAll(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i + 1);
        }
    }

    private static HandshakeV10 greeting(long capabilities, String plugin) {
        return new HandshakeV10("5.5.5-10.11.6-MariaDB", 0xFFFF_FFF0L, seed(), capabilities, 45, 2, plugin);
    }

    private static HandshakeResponse41 response(long capabilities) {
        boolean database = Capabilities.has(capabilities, Capabilities.CONNECT_WITH_DB);
        boolean plugin = Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH);
        return new HandshakeResponse41(
                capabilities,
                1 << 24,
                45,
                "üser",
                seed(),
                database ? "shop" : null,
                plugin ? NativePassword.PLUGIN : null,
                plugin ? ConnectionAttributes.encode(Map.of("_os", "Linux")) : new byte[0]);
    }

    private static Sample response(String name, long capabilities, int optional) {
        byte[] payload = response(capabilities).encode();
        return new Sample(
                name, payload, bytes -> HandshakeResponse41.decode(bytes).encode(), payload.length - optional);
    }

    private static ComChangeUser change() {
        return new ComChangeUser(
                "app",
                new byte[] {1, 2, 3},
                "shop",
                8,
                NativePassword.PLUGIN,
                ConnectionAttributes.encode(Map.of("a", "b")));
    }

    private static byte[] changes() {
        return SessionChange.encode(List.of(
                new SessionChange(SessionChange.SYSTEM_VARIABLE, "autocommit", "OFF"),
                new SessionChange(SessionChange.SCHEMA, "", "shop"),
                new SessionChange(SessionChange.STATE_CHANGE, "", "1"),
                new SessionChange(SessionChange.GTIDS, "", "0-1-7"),
                new SessionChange(SessionChange.TRANSACTION_CHARACTERISTICS, "", "START TRANSACTION;"),
                new SessionChange(SessionChange.TRANSACTION_STATE, "", "T_______"),
                new SessionChange(99, "", "\u00ff?")));
    }

    private static OkPacket ok(String info, byte[] changes) {
        int status = changes.length > 0 ? ServerStatus.SESSION_STATE_CHANGED | 2 : 2;
        return new OkPacket(1L << 40, -1, status, 65_535, info, changes);
    }

    private static Sample ok(String name, OkPacket packet, long capabilities, int optional) {
        byte[] payload = packet.encode(capabilities);
        return new Sample(
                name,
                payload,
                bytes -> OkPacket.decode(bytes, capabilities).encode(capabilities),
                payload.length - optional);
    }

    private static Sample column(String name, long capabilities, byte[] rest) {
        byte[] type = {0, 4, 'u', 'u', 'i', 'd'};
        byte[] payload = new ColumnDefinition41(
                        "def", "shop", "o", "orders", "n", "name", type, 45, 1020, ColumnType.VAR_STRING, 1, 0, rest)
                .encode(capabilities);
        return new Sample(
                name,
                payload,
                bytes -> ColumnDefinition41.decode(bytes, capabilities).encode(capabilities),
                payload.length - rest.length);
    }

    static List<Sample> samples() {
        byte[] attributes = ConnectionAttributes.encode(Map.of("_client_name", "x", "_pid", "1"));
        int plugin = NativePassword.PLUGIN.length();
        byte[] switching = AuthSwitchRequest.ofSeed("p", seed()).encode();
        byte[] greeting = greeting(PLAIN | Capabilities.PLUGIN_AUTH | Capabilities.PROGRESS, NativePassword.PLUGIN)
                .encode();
        byte[] error = ErrPacket.of(1045, "no").encode(PLAIN);
        Function<byte[], byte[]> handshake = bytes -> HandshakeV10.decode(bytes).encode();
        Function<byte[], byte[]> changeUser =
                bytes -> ComChangeUser.decode(bytes, LOGIN).encode(LOGIN);
        return List.of(
                Sample.whole(
                        "greeting", greeting(PLAIN | Capabilities.MYSQL, "").encode(), handshake),
                // The plugin's name may lack its NUL.
                new Sample("greeting with plugin", greeting, handshake, greeting.length - plugin),
                response("response, plain", PLAIN, 0),
                response("response, old", Capabilities.PROTOCOL_41, 0),
                response("response, all", LOGIN | Capabilities.MYSQL, plugin + 1 + 11),
                response("response, lenenc proof", MARIADB, plugin + 1 + 11),
                Sample.whole(
                        "TLS request",
                        new SslRequest(PLAIN | Capabilities.SSL, 99, 8).encode(),
                        bytes -> SslRequest.decode(bytes).encode()),
                new Sample(
                        "switch",
                        switching,
                        bytes -> AuthSwitchRequest.decode(bytes).encode(),
                        1),
                new Sample(
                        "auth data",
                        new AuthMoreData(seed()).encode(),
                        bytes -> AuthMoreData.decode(bytes).encode(),
                        1),
                new Sample("change user", change().encode(LOGIN), changeUser, 11),
                ok("OK", ok("", new byte[0]), PLAIN, 0),
                ok("OK with info", ok("Rows: 1", new byte[0]), PLAIN, 7),
                ok("OK with info, tracking", ok("Rows", new byte[0]), TRACK, 5),
                ok("OK with changes", ok("", changes()), TRACK, changes().length + 2),
                Sample.whole("EOF", new EofPacket(1, 2).encode(), bytes -> EofPacket.decode(bytes)
                        .encode()),
                new Sample("ERR", error, bytes -> ErrPacket.decode(bytes).encode(PLAIN), 3),
                Sample.whole(
                        "progress",
                        new ProgressReport(1, 3, 99_999, "copy").encode(),
                        bytes -> ProgressReport.decode(bytes).encode()),
                column("column", PLAIN, new byte[0]),
                column("column with extended type", EXTENDED, new byte[0]),
                column("column with default", PLAIN, new byte[] {1, 'x'}),
                new Sample(
                        "local infile",
                        new LocalInfileRequest("/x").encode(),
                        bytes -> LocalInfileRequest.decode(bytes).encode(),
                        1),
                Sample.whole(
                        "text row",
                        TextRow.encode(Arrays.asList(new byte[] {1}, null, new byte[300])),
                        bytes -> TextRow.encode(TextRow.decode(bytes, 3))),
                new Sample(
                        "attributes",
                        attributes,
                        bytes -> ConnectionAttributes.encode(ConnectionAttributes.decode(bytes)),
                        0),
                new Sample(
                        "session changes", changes(), bytes -> SessionChange.encode(SessionChange.decode(bytes)), 0));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldReadBackWhatWasWritten(Sample sample) {
        assertThat(sample.recode.apply(sample.payload)).isEqualTo(sample.payload);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldRefusePacketsThatEndTooEarly(Sample sample) {
        for (int length = 0; length < sample.shortest; length++) {
            byte[] cut = Arrays.copyOf(sample.payload, length);
            assertThatThrownBy(() -> sample.recode.apply(cut))
                    .as("%d of %d bytes", length, sample.payload.length)
                    .isInstanceOf(CodecException.class)
                    .hasMessageStartingWith("expected ");
        }
        for (int length = sample.shortest; length < sample.payload.length; length++) {
            refuseOrRead(sample, Arrays.copyOf(sample.payload, length));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldThrowOnlyCodecExceptionsWhenBytesAreWrong(Sample sample) {
        Random random = new Random(sample.name.hashCode());
        for (int i = 0; i < 3000; i++) {
            byte[] wrong = Arrays.copyOf(sample.payload, Math.max(1, random.nextInt(sample.payload.length * 2)));
            for (int k = 0; k <= random.nextInt(4); k++) {
                wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
            }
            refuseOrRead(sample, wrong);
        }
    }

    private static void refuseOrRead(Sample sample, byte[] payload) {
        byte[] again;
        try {
            again = sample.recode.apply(payload);
        } catch (CodecException e) {
            assertThat(e).hasMessageStartingWith("expected ");
            return;
        }
        assertThat(again).isNotNull();
    }
}
