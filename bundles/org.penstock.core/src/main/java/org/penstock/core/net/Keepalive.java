package org.penstock.core.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import java.util.Map;

/**
 * How a peer that vanished without a word is found out: after a minute of silence it is asked, and given up when it does not answer. On NIO the system's own
 * times hold.
 */
final class Keepalive {
    /** Silence before the first question. */
    static final int IDLE_SECONDS = 60;

    /** Time between two questions. */
    static final int INTERVAL_SECONDS = 15;

    /** Questions without an answer after which the connection is lost. */
    static final int PROBES = 4;

    private Keepalive() {}

    /** Options of a TCP channel. */
    static Map<ChannelOption<?>, Object> options(Transport transport) {
        if (transport != Transport.EPOLL) {
            return Map.of(ChannelOption.TCP_NODELAY, true, ChannelOption.SO_KEEPALIVE, true);
        }
        return Map.of(
                ChannelOption.TCP_NODELAY,
                true,
                ChannelOption.SO_KEEPALIVE,
                true,
                EpollChannelOption.TCP_KEEPIDLE,
                IDLE_SECONDS,
                EpollChannelOption.TCP_KEEPINTVL,
                INTERVAL_SECONDS,
                EpollChannelOption.TCP_KEEPCNT,
                PROBES);
    }
}
