package org.penstock.core.server;

/** Is told of changes to the registry of servers, after the fact, one change at a time, on the thread that made it; must be quick. */
public interface ServerListener {
    default void added(Server server) {}

    default void removed(Server server) {}

    /** The server has other settings than before. */
    default void modified(Server server, ServerSettings before) {}

    /**
     * The status changed.
     *
     * @param before mask of {@link org.penstock.api.server.ServerStatus} bits
     * @param after mask, the same as {@code server.status()} unless that changed again
     */
    default void statusChanged(Server server, int before, int after) {}
}
