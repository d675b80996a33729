package org.penstock.core.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.net.tls.TlsContext;

/** The switch to TLS of one connection to a server. */
final class ServerTls {
    private static final int TLS_ERROR = 2026;

    private final TlsContext context;
    private final String server;
    private final String host;
    private final int port;
    private @Nullable SslHandler handler;
    private boolean secured;

    /**
     * A switch that has not begun.
     *
     * @param host as the certificate may have to name it
     */
    ServerTls(TlsContext context, String server, String host, int port) {
        this.context = context;
        this.server = server;
        this.host = host.isEmpty() ? "localhost" : host;
        this.port = port;
    }

    static SqlError failure(String server, String reason) {
        return new SqlError(TLS_ERROR, "HY000", "TLS to server '" + server + "' failed: " + reason);
    }

    /** Puts TLS before the login's handler; the handshake begins. */
    void begin(ChannelHandlerContext login) {
        SslHandler made = context.handler(login.alloc(), host, port).handler();
        handler = made;
        login.pipeline().addBefore(login.name(), "tls", made);
    }

    boolean begun() {
        return handler != null;
    }

    /** Whether the handshake has not ended yet. */
    boolean pending() {
        return handler != null && !secured;
    }

    /** The end of the handshake: null when it is well, else the error. */
    @Nullable
    SqlError ended(SslHandshakeCompletionEvent event) {
        SslHandler current = handler;
        if (event.isSuccess() && current != null) {
            secured = true;
            context.secured(current);
            return null;
        }
        return failure(server, context.failed(host + ":" + port, event.cause()));
    }
}
