package org.penstock.core.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.annotation.Blocking;
import org.penstock.core.tls.TlsFileException;
import org.penstock.core.tls.TlsMaterial;
import org.penstock.core.tls.TlsSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of one listener or towards one server: what its files held when they were last read well, for new handshakes. Connections keep what they began with.
 */
@AnyThread
public final class TlsContext {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);

    private final String name;
    private final boolean listener;
    private final TlsSettings settings;
    private final TlsProvider provider;
    private final TlsFailures failures;
    private final LongAdder handshakes = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final ExpiryWarning expiry = new ExpiryWarning();
    private volatile Loaded loaded;
    private volatile boolean closed;
    private volatile @Nullable X509Certificate peer;

    /** Guards the exchange of what is in use; never held while files are looked at. */
    private final Object exchange = new Object();

    /** Stamps of files that differ from those in use; guarded by this. */
    private @Nullable Map<String, FileStamp> seen;

    /** Stamps of files that were refused; guarded by this. */
    private @Nullable Map<String, FileStamp> refused;

    /** One reading of the files; {@code fingerprint} is SHA-256 of the own certificate, empty without one. */
    private record Loaded(
            SslContext context, TlsMaterial material, byte[] fingerprint, Map<String, FileStamp> stamps) {}

    TlsContext(String name, boolean listener, TlsSettings settings, TlsProvider provider) throws TlsFileException {
        this.name = name;
        this.listener = listener;
        this.settings = settings;
        this.provider = provider;
        this.failures = new TlsFailures(name);
        this.loaded = load();
    }

    private Loaded load() throws TlsFileException {
        Map<String, FileStamp> stamps = FileStamp.of(settings.files());
        TlsMaterial material = TlsMaterial.read(settings);
        SslContext context = listener
                ? ContextBuilder.listener(settings, material, provider)
                : ContextBuilder.server(settings, material, provider);
        X509Certificate own = material.own();
        return new Loaded(context, material, own == null ? new byte[0] : TlsMaterial.fingerprint(own), stamps);
    }

    public String name() {
        return name;
    }

    public TlsSettings settings() {
        return settings;
    }

    public TlsProvider provider() {
        return provider;
    }

    /** The own certificate, or null. */
    public @Nullable X509Certificate certificate() {
        return loaded.material().own();
    }

    /** The certificate that the server showed last, or null before. */
    public @Nullable X509Certificate peer() {
        return peer;
    }

    public long handshakes() {
        return handshakes.sum();
    }

    /** Times that changed files were refused. */
    public long refusedReloads() {
        return refusals.sum();
    }

    public long failedHandshakes() {
        return failures.count();
    }

    /** An engine for one connection, with the fingerprint of the certificate that it shows. */
    public record Secured(SslHandler handler, byte[] fingerprint) {}

    /**
     * The handler for one connection.
     *
     * @param host address of the peer, as its certificate may have to name it
     * @throws IllegalStateException when the context was closed
     */
    public Secured handler(ByteBufAllocator allocator, String host, int port) {
        Loaded now = retained();
        SSLEngine engine;
        try {
            engine = now.context().newEngine(allocator, host, port);
        } finally {
            ReferenceCountUtil.release(now.context());
        }
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(settings.verifyHost() && !listener ? "HTTPS" : "");
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine);
        // The login's own time bounds the handshake.
        handler.setHandshakeTimeoutMillis(0);
        return new Secured(handler, now.fingerprint());
    }

    /** What is in use, kept from being freed until it is released. */
    private Loaded retained() {
        while (!closed) {
            Loaded now = loaded;
            try {
                ReferenceCountUtil.retain(now.context());
                return now;
            } catch (IllegalReferenceCountException e) {
                // It was replaced meanwhile.
            }
        }
        throw new IllegalStateException("TLS of " + name + " is closed");
    }

    /** A handshake has ended well. */
    public void secured(SslHandler handler) {
        handshakes.increment();
        if (!listener) {
            peer = Peers.certificate(handler.engine());
        }
    }

    /** A handshake has failed: it is counted, and said now and then; returns the reason in words. */
    public String failed(String address, Throwable cause) {
        String reason = TlsReason.of(cause, settings);
        failures.add(address, reason, cause);
        return reason;
    }

    /** Looks whether files have changed, and takes them over once they are at rest. */
    @Blocking
    synchronized void look() {
        expiry.look(name, certificate(), Instant.now());
        expiry.look(name + ", the certificate of the server", peer, Instant.now());
        Map<String, FileStamp> now = FileStamp.of(settings.files());
        if (closed || now.equals(loaded.stamps()) || now.equals(refused)) {
            seen = null;
        } else if (!now.equals(seen)) {
            // Certificate and key are seldom replaced in the same moment.
            seen = now;
        } else {
            seen = null;
            reload();
        }
    }

    /** Reads the files anew, whether they have changed or not; returns what is in use then. */
    @Blocking
    synchronized String reload() {
        if (closed) {
            return name + ": closed";
        }
        try {
            if (!replace(load())) {
                return name + ": closed";
            }
            refused = null;
            LOG.info("TLS of {}: the files were read anew, {}", name, Peers.describe(certificate()));
            return name + ": " + Peers.describe(certificate());
        } catch (TlsFileException e) {
            refused = FileStamp.of(settings.files());
            refusals.increment();
            LOG.warn("TLS of {}: the changed files are refused, the former stay in use: {}", name, e.getMessage());
            return name + ": refused, the former stay in use: " + e.getMessage();
        }
    }

    /** Puts what was read in the place of what was in use; false when there is no use any more. */
    private boolean replace(Loaded next) {
        Loaded useless = next;
        boolean open;
        synchronized (exchange) {
            open = !closed;
            if (open) {
                useless = loaded;
                loaded = next;
            }
        }
        ReferenceCountUtil.release(useless.context());
        return open;
    }

    /** Does not wait for files that are being read. */
    void close() {
        synchronized (exchange) {
            if (closed) {
                return;
            }
            closed = true;
        }
        ReferenceCountUtil.release(loaded.context());
    }

    @Override
    public String toString() {
        return "TlsContext[" + name + "]";
    }
}
