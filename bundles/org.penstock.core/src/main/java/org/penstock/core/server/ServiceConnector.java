package org.penstock.core.server;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.server.ServerView;
import org.penstock.api.server.ServiceConnection;

/** Opens service connections: the core's own connections to servers, for accounts, monitors and questions. */
@AnyThread
public interface ServiceConnector {
    /** A service connection with what its owner needs to keep and to drop it. */
    interface Opened extends ServiceConnection {
        /** Version string of the server's greeting. */
        String version();

        /** Whether a question may still be asked. */
        boolean isOpen();

        /** Drops the connection; questions that wait complete exceptionally. */
        void close();
    }

    /**
     * Connects and logs in.
     *
     * @param connectTimeout for all of it, login included
     * @param readTimeout for each question
     * @return completes exceptionally with a {@link org.penstock.api.error.BackendException}, which carries the server's own error when it gave one
     */
    CompletionStage<Opened> connect(
            ServerView server, String user, String password, Duration connectTimeout, Duration readTimeout);
}
