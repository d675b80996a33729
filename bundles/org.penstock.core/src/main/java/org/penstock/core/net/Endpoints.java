package org.penstock.core.net;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.penstock.core.server.ProxyHeaderVersion;
import org.penstock.wire.proxy.ProxyHeader;

/**
 * The two ends of a client's connection: those of the channel, or those that a PROXY header in front of it named.
 *
 * @param client null for a unix socket, or for no client at all
 * @param here to which it connected; null as well
 */
record Endpoints(@Nullable InetSocketAddress client, @Nullable InetSocketAddress here) {
    /** Nobody's connection but Penstock's own. */
    static final Endpoints NONE = new Endpoints(null, null);

    private static final AttributeKey<Endpoints> TOLD = AttributeKey.valueOf("penstock.endpoints");

    static Endpoints of(Channel channel) {
        Endpoints told = channel.attr(TOLD).get();
        if (told != null) {
            return told;
        }
        return channel.remoteAddress() instanceof InetSocketAddress remote
                        && channel.localAddress() instanceof InetSocketAddress local
                ? new Endpoints(remote, local)
                : NONE;
    }

    /** Believes a header. */
    static void tell(Channel channel, ProxyHeader header) {
        if (header.source() != null) {
            channel.attr(TOLD).set(new Endpoints(header.source(), header.destination()));
        }
    }

    /** What a server is told of them; empty when it is told nothing. */
    byte[] header(ProxyHeaderVersion version) {
        return switch (version) {
            case NONE -> new byte[0];
            case V1 -> ProxyHeader.of(client, here).version1();
            case V2 -> ProxyHeader.of(client, here).version2();
        };
    }
}
