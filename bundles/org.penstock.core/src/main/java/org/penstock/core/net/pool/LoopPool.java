package org.penstock.core.net.pool;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.api.server.ServerStatus;
import org.penstock.core.server.PoolFigures.Discard;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerSettings;
import org.penstock.wire.CommandType;

/** The idle server connections of one event loop. Called on the loop. */
public final class LoopPool {
    /** Longest idle time when {@code persistmaxtime} is 0: MaxScale's ages have whole seconds, so there too one less than a second old is used. */
    private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final byte[] QUIT = {1, 0, 0, 0, (byte) CommandType.QUIT};

    private final Map<PoolKey, ArrayDeque<ParkedHandler>> byKey = new HashMap<>();
    private final Set<ParkedHandler> byAge = new LinkedHashSet<>();
    private boolean closed;

    /** Whether a server's connections are kept at present. */
    public static boolean keeps(Server server) {
        return server.settings().poolMax() > 0;
    }

    private static boolean usable(Server server) {
        int status = server.status();
        return ServerStatus.RUNNING.in(status) && !ServerStatus.MAINTENANCE.in(status);
    }

    /**
     * Takes a connection over from a session that has ended, when there is room for it.
     *
     * @param handler name of the session's handler, which is replaced
     * @return whether it is the pool's now
     */
    public boolean park(PooledConnection connection, String handler, long nowNanos) {
        Server server = connection.server();
        Channel channel = connection.channel();
        if (closed
                || !keeps(server)
                || !channel.isActive()
                || channel.pipeline().get(handler) == null) {
            return false;
        }
        Discard refusal = refusal(connection, server);
        if (refusal == null && !server.pool().tryKeep(server.settings().poolMax())) {
            refusal = makeRoom(connection.key()) ? null : Discard.FULL;
        }
        if (refusal != null) {
            server.pool().discarded(refusal);
            return false;
        }
        ParkedHandler parked = new ParkedHandler(this, connection, nowNanos);
        byAge.add(parked);
        byKey.computeIfAbsent(connection.key(), key -> new ArrayDeque<>()).addLast(parked);
        channel.pipeline().replace(handler, ParkedHandler.NAME, parked);
        return true;
    }

    private static @Nullable Discard refusal(PooledConnection connection, Server server) {
        if (!usable(server)) {
            return Discard.STATUS;
        }
        return server.settings().sameConnections(connection.settings()) ? null : Discard.CONFIGURATION;
    }

    /** Closes the oldest connection of another account when the pool is full of them; whether the place was taken over. */
    private boolean makeRoom(PoolKey wanted) {
        for (ParkedHandler parked : byAge) {
            PoolKey key = parked.connection().key();
            if (key.server() == wanted.server() && !key.equals(wanted)) {
                discard(parked, Discard.ROOM);
                return wanted.server().pool().tryKeep(wanted.server().settings().poolMax());
            }
        }
        return false;
    }

    /** Closes the oldest idle connection to a server; whether there was one. */
    public boolean dropOne(Server server) {
        for (ParkedHandler parked : byAge) {
            if (parked.connection().server() == server) {
                discard(parked, Discard.ROOM);
                return true;
            }
        }
        return false;
    }

    /**
     * A connection that fits, the one used last; null when there is none. Its handler is to be replaced by {@link #hand}.
     */
    public @Nullable PooledConnection take(PoolKey key, long nowNanos) {
        ArrayDeque<ParkedHandler> fitting = byKey.get(key);
        if (fitting != null) {
            for (Iterator<ParkedHandler> each = fitting.descendingIterator(); each.hasNext(); ) {
                ParkedHandler parked = each.next();
                if (parked.idle() && parked.connection().channel().isActive() && reason(parked, nowNanos) == null) {
                    forget(parked);
                    key.server().pool().hit();
                    return parked.connection();
                }
            }
        }
        key.server().pool().missed();
        return null;
    }

    /** Gives the channel of a connection that was taken to its next handler. */
    public static void hand(PooledConnection taken, String name, ChannelHandler next) {
        taken.channel().pipeline().replace(ParkedHandler.NAME, name, next);
    }

    /** Closes what is too old, over the cap, or of no use any more. */
    public void sweep(long nowNanos) {
        if (byAge.isEmpty()) {
            return;
        }
        for (ParkedHandler parked : List.copyOf(byAge)) {
            Discard reason = reason(parked, nowNanos);
            if (reason != null) {
                discard(parked, reason);
            }
        }
    }

    private static @Nullable Discard reason(ParkedHandler parked, long nowNanos) {
        Server server = parked.connection().server();
        ServerSettings settings = server.settings();
        long most = Math.max(SHORTEST_NANOS, settings.poolMaxTime().toNanos());
        if (nowNanos - parked.parkedNanos() >= most) {
            return Discard.AGE;
        }
        if (server.pool().idle() > settings.poolMax()) {
            return Discard.FULL;
        }
        return refusal(parked.connection(), server);
    }

    /** Closes everything; from here on nothing is kept. */
    public void close() {
        closed = true;
        List.copyOf(byAge).forEach(parked -> discard(parked, Discard.STOP));
    }

    /** Connections that are kept here now. */
    public int size() {
        return byAge.size();
    }

    void discard(ParkedHandler parked, Discard reason) {
        parked.connection().server().pool().discarded(reason);
        forget(parked);
        Channel channel = parked.connection().channel();
        if (channel.isActive()) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(QUIT));
        }
        channel.close();
    }

    private void forget(ParkedHandler parked) {
        parked.end();
        byAge.remove(parked);
        PoolKey key = parked.connection().key();
        ArrayDeque<ParkedHandler> same = byKey.get(key);
        if (same != null) {
            same.remove(parked);
            if (same.isEmpty()) {
                byKey.remove(key);
            }
        }
        key.server().pool().left();
    }
}
