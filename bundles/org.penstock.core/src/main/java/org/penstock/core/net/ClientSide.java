package org.penstock.core.net;

import java.time.Duration;
import org.penstock.api.error.SqlError;
import org.penstock.core.session.Bytes;

/** The client's end of a session: a channel, or for a branch nothing. Called on the session's loop. */
interface ClientSide {
    void write(Bytes bytes);

    void flush();

    void read(boolean on);

    /** The session is open. */
    void opened(NettySession session);

    void refused(NettySession session, SqlError error);

    void changeUser(NettySession session, byte[] command);

    /** The session ends with this error while its client changes its user. */
    default void cutChange(NettySession session, SqlError error) {}

    void close();

    /** Whether the client takes more bytes. */
    default void writable(boolean writable) {}

    /** Whether the client has left what waits for it unread for longer than the limit; zero for none. */
    default boolean stalled(long nowNanos, Duration limit) {
        return false;
    }

    /** The ends of the client's connection. */
    default Endpoints endpoints() {
        return Endpoints.NONE;
    }

    /** A reply of a server has ended. */
    default void replyEnded(long rows, int error) {}
}
