package org.penstock.core.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.penstock.servers.certificates.CertificateAuthority;

class ExpiryWarningTest {
    private final X509Certificate certificate = CertificateAuthority.create("authority")
            .issue("soon", Duration.ofDays(100))
            .certificate();
    private final Instant end = certificate.getNotAfter().toInstant();
    private final ExpiryWarning warning = new ExpiryWarning();

    @Test
    void shouldWarnOnceADayFromThirtyDaysBeforeTheEnd() {
        assertThat(warning.look("l", certificate, end.minus(Duration.ofDays(31))))
                .isFalse();
        Instant first = end.minus(Duration.ofDays(29));
        assertThat(warning.look("l", certificate, first)).isTrue();
        assertThat(warning.look("l", certificate, first.plusSeconds(1))).isFalse();
        assertThat(warning.look("l", certificate, first.plus(Duration.ofHours(23))))
                .isFalse();
        assertThat(warning.look("l", certificate, first.plus(Duration.ofHours(25))))
                .isTrue();
        assertThat(warning.look("other", certificate, first.plus(Duration.ofHours(25))))
                .isTrue();
        assertThat(warning.look("l", certificate, end.plus(Duration.ofDays(3)))).isTrue();
    }

    @Test
    void shouldSayNothingWithoutACertificate() {
        assertThat(warning.look("l", null, end)).isFalse();
    }
}
