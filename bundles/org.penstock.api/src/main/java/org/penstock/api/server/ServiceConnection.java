package org.penstock.api.server;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.AnyThread;

/** A connection of the core to one server, for questions of its own or of a module: one question at a time, later ones wait. */
@ProviderType
@AnyThread
public interface ServiceConnection {
    ServerView server();

    /** Asks; completes exceptionally with a {@link org.penstock.api.error.BackendException}. */
    CompletionStage<QueryResult> query(String sql);
}
