package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.net.SocketException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.core.net.tls.TlsProvider;
import org.penstock.core.tls.TlsMode;
import org.penstock.wire.Capabilities;
import org.penstock.wire.NativePassword;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ComChangeUser;
import org.penstock.wire.packet.ConnectionAttributes;
import org.penstock.wire.packet.HandshakeResponse41;
import org.penstock.wire.packet.HandshakeV10;
import org.penstock.wire.packet.OkPacket;
import org.penstock.wire.packet.SslRequest;

/** The moment between a client's request for TLS and the end of the handshake: nothing is taken in clear, nothing is said in clear, nothing lasts. */
class TlsSwitchTest extends TlsFixture {
    private static final long ASKED = RawClient.MODERN | Capabilities.SSL;
    private static final byte[] REQUEST = PacketWriter.frame(1, new SslRequest(ASKED, 1 << 24, 45).encode());

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldTakeNoLoginThatFollowsTheRequestInClear(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        Listening listener = listen(Section.of(proxyFiles).mode(TlsMode.OPTIONAL));
        long before = front.server().totalConnections();
        try (RawClient client = new RawClient(listener.port)) {
            client.greeting();
            byte[] login = PacketWriter.frame(2, client.login(RawClient.MODERN, "app"));
            byte[] query = PacketWriter.frame(0, RawClient.query("SELECT 1"));
            client.bytes(joined(REQUEST, login, query));
            assertEndedWithoutWords(client.socket().getInputStream());
        }
        assertThat(front.server().totalConnections()).isEqualTo(before);
        ProxyFixture.await(() -> listener.tls.failedHandshakes() == 1);
        assertThat(listener.tls.failedHandshakes()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldTakeNoLoginThatComesInPieces(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        Listening listener = listen(Section.of(proxyFiles).mode(TlsMode.OPTIONAL));
        try (RawClient client = new RawClient(listener.port)) {
            client.greeting();
            client.bytes(joined(REQUEST, new byte[] {1, 2, 3}));
            try {
                for (byte one : PacketWriter.frame(2, client.login(RawClient.MODERN, "app"))) {
                    client.bytes(new byte[] {one});
                }
            } catch (SocketException e) {
                assertThat(e).hasMessageMatching("(?s).*(reset|Broken pipe|closed).*");
            }
            assertEndedWithoutWords(client.socket().getInputStream());
        }
    }

    /** At most an alert of TLS comes back. */
    private static void assertEndedWithoutWords(InputStream in) throws IOException {
        byte[] said;
        try {
            said = in.readAllBytes();
        } catch (SocketException e) {
            said = new byte[0];
        }
        if (said.length > 0) {
            assertThat(said[0]).isEqualTo((byte) 21);
            assertThat(said).hasSizeLessThan(16);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldTakeAHandshakeThatFollowsTheRequestAtOnce(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        int port = listen(Section.of(proxyFiles)).port;
        try (Prefixed plain = new Prefixed("127.0.0.1", port)) {
            HandshakeV10 greeting = HandshakeV10.decode(payload(plain.getInputStream()));
            assertThat(greeting.capabilities() & Capabilities.SSL).isNotZero();
            plain.prefix = REQUEST;
            SSLSocket secure = (SSLSocket) trusting().getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
            secure.setSoTimeout(10_000);
            byte[] login = new HandshakeResponse41(
                            ASKED,
                            1 << 24,
                            45,
                            "app",
                            NativePassword.scramble("app".getBytes("UTF-8"), greeting.seed()),
                            "demo",
                            NativePassword.PLUGIN,
                            new byte[0])
                    .encode();
            secure.getOutputStream().write(PacketWriter.frame(2, login));
            assertThat(OkPacket.decode(payload(secure.getInputStream()), ASKED).info())
                    .isEqualTo(proof(greeting.seed()));
            secure.getOutputStream().write(PacketWriter.frame(0, RawClient.query("SELECT 'behind'")));
            payload(secure.getInputStream());
            assertThat(new String(payload(secure.getInputStream()), "UTF-8")).contains("behind");
            payload(secure.getInputStream());
            payload(secure.getInputStream());
            byte[] change = new ComChangeUser(
                            "app",
                            NativePassword.scramble("app".getBytes("UTF-8"), greeting.seed()),
                            "demo",
                            45,
                            NativePassword.PLUGIN,
                            ConnectionAttributes.encode(Map.of()))
                    .encode(ASKED);
            secure.getOutputStream().write(PacketWriter.frame(0, change));
            assertThat(OkPacket.decode(payload(secure.getInputStream()), ASKED).info())
                    .isEqualTo(proof(greeting.seed()));
            secure.close();
        }
    }

    /** What MariaDB 11.4 sends in the OK: a mark, and SHA-256 of the doubled SHA-1 of the password, the seed, and SHA-256 of the certificate. */
    private static String proof(byte[] seed) throws Exception {
        byte[] certificate;
        try (InputStream pem = java.nio.file.Files.newInputStream(proxyFiles.certificate())) {
            certificate = java.security.cert.CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getEncoded();
        }
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] fingerprint = sha256.digest(certificate);
        sha256.update(NativePassword.stage2("app".getBytes("UTF-8")));
        sha256.update(seed);
        return "\u0001" + String.format("%064X", new BigInteger(1, sha256.digest(fingerprint)));
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldEndAHandshakeThatDoesNotCome(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        Listening listener = listen(Section.of(proxyFiles), 300);
        long begin = System.nanoTime();
        try (RawClient client = new RawClient(listener.port)) {
            client.greeting();
            client.bytes(REQUEST);
            assertEndedWithoutWords(client.socket().getInputStream());
        }
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isBetween(250L, 4000L);
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldForgetClientsThatLeaveInTheHandshake(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        Listening listener = listen(Section.of(proxyFiles));
        byte[] begun = {22, 3, 1, 1, 0, 1, 0};
        for (int i = 0; i < 50; i++) {
            try (RawClient client = new RawClient(listener.port)) {
                client.greeting();
                client.bytes(joined(REQUEST, java.util.Arrays.copyOf(begun, i % 8)));
            }
        }
        ProxyFixture.await(() -> listener.tls.failedHandshakes() == 50);
        assertThat(listener.tls.failedHandshakes()).isEqualTo(50);
    }

    private static SSLContext trusting() throws Exception {
        java.security.KeyStore trusted = java.security.KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = java.nio.file.Files.newInputStream(authorityFile)) {
            trusted.setCertificateEntry(
                    "ca",
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        TrustManager[] managers = factory.getTrustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    private static byte[] payload(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int header = Integer.reverseBytes(data.readInt());
        return data.readNBytes(header & 0xFFFFFF);
    }

    private static byte[] joined(byte[]... parts) {
        PacketWriter writer = new PacketWriter();
        for (byte[] part : parts) {
            writer.writeBytes(part);
        }
        return writer.toByteArray();
    }

    /** A socket that sends bytes in front of what is written first, in one piece with it. */
    private static final class Prefixed extends Socket {
        private byte[] prefix = new byte[0];

        Prefixed(String host, int port) throws IOException {
            super(host, port);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            OutputStream out = super.getOutputStream();
            return new OutputStream() {
                @Override
                public void write(int value) throws IOException {
                    write(new byte[] {(byte) value}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    byte[] whole = joined(prefix, java.util.Arrays.copyOfRange(bytes, offset, offset + length));
                    prefix = new byte[0];
                    out.write(whole);
                }
            };
        }
    }
}
