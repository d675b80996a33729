package org.penstock.core.net.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.core.tls.TlsMaterial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns, once a day, of certificates that soon end. One thread at a time. */
final class ExpiryWarning {
    private static final Duration PAUSE = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger(ExpiryWarning.class);

    /** When a certificate was last warned of; at most two for an object of the configuration. */
    private final Map<String, Instant> warned = new HashMap<>();

    /** Returns whether a warning was given. */
    boolean look(String owner, @Nullable X509Certificate certificate, Instant now) {
        if (certificate == null) {
            return false;
        }
        Instant end = certificate.getNotAfter().toInstant();
        Instant last = warned.get(owner);
        if (now.plus(TlsMaterial.SOON).isBefore(end) || (last != null && now.isBefore(last.plus(PAUSE)))) {
            return false;
        }
        warned.put(owner, now);
        if (now.isAfter(end)) {
            LOG.warn("TLS of {}: {} has expired on {}", owner, certificate.getSubjectX500Principal(), end);
        } else {
            LOG.warn(
                    "TLS of {}: {} expires on {}, in {} days",
                    owner,
                    certificate.getSubjectX500Principal(),
                    end,
                    Duration.between(now, end).toDays());
        }
        return true;
    }
}
