package org.penstock.core.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.core.login.ProxyNetworks;
import org.penstock.wire.ByteSource;
import org.penstock.wire.CodecException;
import org.penstock.wire.proxy.ProxyHeader;
import org.penstock.wire.proxy.ProxyHeaderDecoder;
import org.penstock.wire.proxy.ProxyHeaderDecoder.Found;

/**
 * The first bytes of a client on a listener that believes some peers: a PROXY header is taken from those and refused from others; without a header the client
 * is where its connection comes from. Then this handler is gone. The login's time bounds the wait.
 */
final class ProxyHeaderHandler extends ByteToMessageDecoder {
    private final ProxyNetworks believed;
    private final Outcome outcome;
    private boolean over;

    /** What becomes of it. */
    interface Outcome {
        /** The connection is another's. */
        void header(ProxyHeader header);

        void refused(SqlError error, String why);
    }

    ProxyHeaderHandler(ProxyNetworks believed, Outcome outcome) {
        this.believed = believed;
        this.outcome = outcome;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (over) {
            return;
        }
        Found found;
        try {
            found = ProxyHeaderDecoder.decode(new Bytes(in));
        } catch (CodecException e) {
            refuse(in, new SqlError(1105, "HY000", "Failed to parse proxy header"), String.valueOf(e.getMessage()));
            return;
        }
        if (found instanceof Found.Header header) {
            InetAddress peer = peer(context.channel());
            if (!believed.believe(peer)) {
                String from = peer == null ? "localhost" : peer.getHostAddress();
                SqlError error = new SqlError(1130, "HY000", "Proxy header is not accepted from " + from);
                refuse(in, error, "the peer is not in proxy_protocol_networks");
                return;
            }
            in.skipBytes(header.length());
            done(context, () -> outcome.header(header.header()));
        } else if (found instanceof Found.Other) {
            done(context, () -> {});
        }
    }

    /** Who speaks on a channel; null for one on a unix socket. */
    static @Nullable InetAddress peer(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }

    private void done(ChannelHandlerContext context, Runnable told) {
        over = true;
        told.run();
        // What is left goes to the login.
        context.pipeline().remove(this);
    }

    /** Refuses with a server's own errors. */
    private void refuse(ByteBuf in, SqlError error, String why) {
        over = true;
        in.skipBytes(in.readableBytes());
        outcome.refused(error, why);
    }

    /** What is there to read. */
    private record Bytes(ByteBuf buffer) implements ByteSource {
        @Override
        public int length() {
            return buffer.readableBytes();
        }

        @Override
        public byte at(int index) {
            return buffer.getByte(buffer.readerIndex() + index);
        }
    }
}
