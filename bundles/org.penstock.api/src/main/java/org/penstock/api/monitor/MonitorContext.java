package org.penstock.api.monitor;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerView;

/** What a monitor works with in one tick. */
@ProviderType
@AnyThread
public interface MonitorContext {
    /** The watched servers that exist, in configured order. */
    List<ServerView> servers();

    /**
     * Asks a server on the monitor's service connection to it, which is opened where needed. Completes exceptionally with a
     * {@link org.penstock.api.error.BackendException}: with the server's own error (1045 for a refused login, for example) or without one when it did not answer in time.
     */
    CompletionStage<QueryResult> ask(ServerView server, String sql);

    /** Version string of the server's greeting on that connection; empty before it was connected. */
    String version(ServerView server);

    /** Puts a server into maintenance or takes it out, as an operator would. */
    void maintenance(ServerView server, boolean on);
}
