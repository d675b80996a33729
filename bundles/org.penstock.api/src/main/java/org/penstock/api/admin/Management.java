package org.penstock.api.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.Blocking;

/** What exists and the verbs on it, by the core. */
@ProviderType
@Blocking
public interface Management {
    /** All objects of a kind. */
    Table list(ObjectKind kind);

    /** Everything about one object. */
    Details show(ObjectKind kind, String name);

    /** Names of all objects of a kind, for completion. */
    List<String> names(ObjectKind kind);

    /** What an object waits for, one line each; empty when it waits for nothing. */
    List<String> why(String name);

    /** Sets a status bit of a server by its word; only maintenance survives the monitor's next tick. */
    void setServerStatus(String server, String status);

    /** Clears a status bit of a server by its word. */
    void clearServerStatus(String server, String status);

    /** Ends a session by its connection id. */
    void killSession(long id);

    /** Stops or starts accepting on a listener, or ticking of a monitor. */
    void enable(ObjectKind kind, String name, boolean on);

    /** Re-reads the accounts of a service now; returns a line that says what was found. */
    String reloadAccounts(String service);

    /** Reads the certificates of all listeners and servers with TLS anew, for new connections; a line for each says what is in use then. */
    List<String> reloadTls();

    /** The clients' addresses that are blocked for refused logins. */
    Table blockedAddresses();

    /** Forgets the refused logins of an address; a line that says what was forgotten. */
    String unblock(String address);

    /** Begins the orderly end of the process. */
    void shutdown();
}
