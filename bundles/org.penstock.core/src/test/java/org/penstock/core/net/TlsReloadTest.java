package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.core.net.tls.TlsProvider;
import org.penstock.servers.certificates.KeyedCertificate;

/** Certificates that change while the listener is open: new handshakes have the new ones, a broken pair changes nothing, sessions go on. */
class TlsReloadTest extends TlsFixture {
    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldUseChangedFilesForNewHandshakesOnly(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        KeyedCertificate.Stored files = authority.issue("first", "127.0.0.1").write(directory, "changing-" + provider);
        Listening listener = listen(Section.of(files));
        try (Connection before = connect(listener.port, verifyFull())) {
            KeyedCertificate next = authority.issue("second", "127.0.0.1");
            next.write(directory, "changing-" + provider);
            ProxyFixture.await(() -> subject(listener).equals("CN=second"));
            assertThat(subject(listener)).isEqualTo("CN=second");
            try (Connection after = connect(listener.port, verifyFull())) {
                assertThat(value(after, "SELECT 2")).isEqualTo("2");
            }
            assertThat(value(before, "SELECT 1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldKeepTheFormerPairWhenTheNewOneIsBroken(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        KeyedCertificate good = authority.issue("good", "127.0.0.1");
        KeyedCertificate.Stored files = good.write(directory, "broken-" + provider);
        Listening listener = listen(Section.of(files));
        KeyedCertificate.replace(
                files.certificate(), authority.issue("alone", "127.0.0.1").certificatePem());
        assertThat(listener.tls.handshakes()).isZero();
        // Two looks, then the pair is refused once.
        ProxyFixture.await(() -> listener.tls.refusedReloads() > 0);
        assertThat(listener.tls.refusedReloads()).isEqualTo(1);
        connect(listener.port, verifyFull()).close();
        assertThat(subject(listener)).isEqualTo("CN=good");
        assertThat(reactor.tls().reload())
                .singleElement()
                .asString()
                .isEqualTo("listener 'listener': refused, the former stay in use: ssl_key: " + files.key()
                        + ": is not the key of the certificate in " + files.certificate());
        for (Path file : new Path[] {files.certificate(), files.key()}) {
            good.write(directory, "broken-" + provider);
            KeyedCertificate.replace(file, "");
            assertThat(reactor.tls().reload().get(0))
                    .contains("refused, the former stay in use")
                    .contains("" + file);
            Files.delete(file);
            assertThat(reactor.tls().reload().get(0)).contains("there is no such file");
            connect(listener.port, verifyFull()).close();
        }
        authority.issue("mended", "127.0.0.1").write(directory, "broken-" + provider);
        assertThat(reactor.tls().reload().get(0)).startsWith("listener 'listener': CN=mended, valid until ");
        connect(listener.port, verifyFull()).close();
        assertThat(subject(listener)).isEqualTo("CN=mended");
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldLoseNoHandshakeWhileCertificatesAreReplaced(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        KeyedCertificate.Stored files = authority.issue("busy", "127.0.0.1").write(directory, "busy-" + provider);
        Listening listener = listen(Section.of(files));
        Thread replacing = new Thread(() -> {
            for (int i = 0; i < 20; i++) {
                reactor.tls().reload();
            }
        });
        replacing.start();
        try {
            for (int i = 0; i < 6; i++) {
                connect(listener.port, verifyFull()).close();
            }
        } finally {
            replacing.join(TimeUnit.SECONDS.toMillis(20));
        }
        assertThat(listener.tls.failedHandshakes()).isZero();
    }

    private static String subject(Listening listener) {
        return listener.tls.certificate().getSubjectX500Principal().getName();
    }

    /** Files on a dead network share: reading them does not return. */
    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void shouldGoOnWithHandshakesWhileFilesAreRead(TlsProvider provider) throws Exception {
        reactor.tls().provider(provider);
        Path directory = Files.createTempDirectory(TlsFixture.directory, "stuck");
        Path certificate = Files.copy(proxyFiles.certificate(), directory.resolve("crt"));
        Path key = Files.copy(proxyFiles.key(), directory.resolve("key"));
        Listening listener = listen(Section.of(new KeyedCertificate.Stored(certificate, key)));
        Files.delete(key);
        assertThat(new ProcessBuilder("mkfifo", key.toString()).start().waitFor())
                .isZero();
        CompletableFuture<List<String>> reading =
                CompletableFuture.supplyAsync(() -> reactor.tls().reload());
        try {
            long handshakes = listener.tls.handshakes();
            try (Connection connection = connect(listener.port, verifyFull() + "&connectTimeout=5000")) {
                assertThat(value(connection, "SELECT 1")).isEqualTo("1");
            }
            assertThat(listener.tls.handshakes()).isEqualTo(handshakes + 1);
            assertThat(reading).isNotDone();
        } finally {
            // Who reads gets an end of file, and who reads later finds nothing.
            try (RandomAccessFile writer = new RandomAccessFile(key.toFile(), "rw")) {
                assertThat(writer.getFD().valid()).isTrue();
                Files.delete(key);
            }
        }
        assertThat(reading.get(10, TimeUnit.SECONDS)).anyMatch(line -> line.contains("refused"));
    }
}
