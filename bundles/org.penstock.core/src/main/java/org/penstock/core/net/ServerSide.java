package org.penstock.core.net;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import org.penstock.api.protocol.Greeting;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerSettings;

/** A server's end of a session: the channel, what was negotiated on it, and what is counted for it. */
final class ServerSide {
    private final Channel channel;
    private final Server server;
    private final ServerSettings settings;
    private final Greeting greeting;
    private final GenericFutureListener<Future<Void>> onClose = gone -> lost();
    private boolean dirty;
    private boolean used;
    private long usedNanos = System.nanoTime();
    private int inFlight;
    private boolean settled = true;

    ServerSide(Channel channel, Server server, ServerSettings settings, Greeting greeting) {
        this.channel = channel;
        this.server = server;
        this.settings = settings;
        this.greeting = greeting;
        channel.closeFuture().addListener(onClose);
    }

    Channel channel() {
        return channel;
    }

    Server server() {
        return server;
    }

    /** Those under which the connection was opened. */
    ServerSettings settings() {
        return settings;
    }

    Greeting greeting() {
        return greeting;
    }

    /** Whether the account that it is logged in with is the session's. */
    boolean settled() {
        return settled;
    }

    void settled(boolean followed) {
        settled = followed;
    }

    /** Notes that something was written; whether that is the first since the last flush. */
    boolean dirtied() {
        used = true;
        boolean first = !dirty;
        dirty = true;
        return first;
    }

    void flush() {
        if (dirty) {
            dirty = false;
            channel.flush();
        }
    }

    /** Time since something was written, to the precision of these calls. */
    long unusedNanos(long now) {
        if (used) {
            used = false;
            usedNanos = now;
        }
        return now - usedNanos;
    }

    void operationStarted() {
        inFlight++;
        server.operationStarted();
    }

    void operationEnded() {
        if (inFlight > 0) {
            inFlight--;
            server.operationEnded();
        }
    }

    /** The connection is gone, and with it what was in flight. */
    private void lost() {
        while (inFlight > 0) {
            operationEnded();
        }
        server.connectionClosed();
    }

    /** The connection goes on without this session. */
    void release() {
        channel.closeFuture().removeListener(onClose);
        lost();
    }
}
