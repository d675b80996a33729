package org.penstock.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;
import org.penstock.core.net.tls.TlsContext;
import org.penstock.core.tls.TlsMode;

/** The switch to TLS of one client's connection. */
final class ClientTls {
    private final TlsContext context;
    private String address;
    private boolean optional;
    private @Nullable SslHandler handler;
    private byte[] fingerprint = {};
    private boolean secured;

    /**
     * @param address numeric address of the client
     * @param unix whether it came by a unix socket, which needs no encryption
     */
    ClientTls(TlsContext context, String address, boolean unix) {
        this.context = context;
        this.address = address;
        this.optional = unix || context.settings().mode() == TlsMode.OPTIONAL;
    }

    /** A PROXY header has told where the client is. */
    void moved(String told) {
        address = told;
        optional = context.settings().mode() == TlsMode.OPTIONAL;
    }

    /** Whether the client is refused without it. */
    boolean required() {
        return !optional;
    }

    /** Puts TLS before the login's handler; the client's first bytes must be those of a handshake. */
    void begin(ChannelHandlerContext login) {
        TlsContext.Secured made = context.handler(login.alloc(), address, 0);
        handler = made.handler();
        fingerprint = made.fingerprint();
        login.pipeline().addBefore(login.name(), "tls", made.handler());
    }

    boolean begun() {
        return handler != null;
    }

    /** Whether the handshake has not ended yet. */
    boolean pending() {
        return handler != null && !secured;
    }

    /** Hands over bytes that came together with the request for TLS; owns the buffer. */
    void take(ChannelHandlerContext login, ByteBuf bytes) {
        SslHandler current = handler;
        ChannelHandlerContext before = current == null ? null : login.pipeline().context(current);
        if (current == null || before == null) {
            bytes.release();
            return;
        }
        try {
            current.channelRead(before, bytes);
            current.channelReadComplete(before);
        } catch (Exception e) {
            before.fireExceptionCaught(e);
        }
    }

    /** The end of the handshake; returns whether it is well. */
    boolean ended(SslHandshakeCompletionEvent event) {
        SslHandler current = handler;
        if (event.isSuccess() && current != null) {
            secured = true;
            context.secured(current);
            return true;
        }
        context.failed(address, event.cause());
        return false;
    }

    /** SHA-256 of the certificate that the client was shown; empty before. */
    byte[] fingerprint() {
        return secured ? fingerprint : new byte[0];
    }
}
