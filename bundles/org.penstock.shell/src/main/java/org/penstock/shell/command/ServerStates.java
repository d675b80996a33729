package org.penstock.shell.command;

import java.util.List;

/** The words of server states, as MaxScale's tools complete them. */
final class ServerStates {
    static final List<String> WORDS =
            List.of("maintenance", "draining", "running", "master", "slave", "synced", "ndb", "stale");

    private ServerStates() {}
}
