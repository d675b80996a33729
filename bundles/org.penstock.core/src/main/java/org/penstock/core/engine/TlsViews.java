package org.penstock.core.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.admin.Details;
import org.penstock.core.net.tls.Peers;
import org.penstock.core.net.tls.TlsContext;

/** What operators see of the TLS of a listener or a server. */
final class TlsViews {
    private TlsViews() {}

    /** @param tls null where there is none, or none yet */
    static void add(@Nullable TlsContext tls, List<Details.Entry> entries) {
        if (tls == null) {
            return;
        }
        entries.add(new Details.Entry("TLS by", tls.provider().text()));
        entries.add(new Details.Entry(
                "TLS versions", String.join(", ", tls.settings().protocols())));
        entries.add(new Details.Entry("Certificate", Peers.describe(tls.certificate())));
        if (tls.peer() != null) {
            entries.add(new Details.Entry("Certificate of the server", Peers.describe(tls.peer())));
        }
        entries.add(new Details.Entry("TLS handshakes", Long.toString(tls.handshakes())));
        entries.add(new Details.Entry("Failed TLS handshakes", Long.toString(tls.failedHandshakes())));
    }
}
