package org.penstock.api.protocol;

import java.util.concurrent.Callable;
import org.penstock.api.error.SqlError;

/** What a login to a server does next, by its protocol. */
public sealed interface ServerLoginStep {
    /** Waits for the server's next packet. */
    record Await() implements ServerLoginStep {}

    /** Sends a packet and waits for the next one. */
    record Send(byte[] payload) implements ServerLoginStep {}

    /** Runs off the loop; the step that it returns is taken next. A {@code ProtocolException} ends the login with its error. */
    record InBackground(Callable<ServerLoginStep> task) implements ServerLoginStep {}

    /** Sends a packet, then switches to TLS. */
    record StartTls(byte[] request) implements ServerLoginStep {}

    /**
     * The login has ended well.
     *
     * @param greeting what the server announced
     * @param capabilities what the connection has
     * @param status server status flags of the final OK
     */
    record Ready(Greeting greeting, long capabilities, int status) implements ServerLoginStep {}

    /** The server refused, or cannot be talked to. */
    record Failed(SqlError error) implements ServerLoginStep {}

    ServerLoginStep AWAIT = new Await();
}
