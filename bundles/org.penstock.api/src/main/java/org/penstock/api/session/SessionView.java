package org.penstock.api.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.EventLoop;

/** What a session knows of its client and its state. */
@ProviderType
@EventLoop
public interface SessionView {
    /** The connection id that the client was greeted with; unique while the process runs. */
    long id();

    /** Configured name of the service. */
    String service();

    /** Account name that the client logged in with. */
    String user();

    /** Numeric address of the client without port; {@code localhost} for a unix socket. */
    String clientAddress();

    /** The current default database, or null. */
    @Nullable
    String database();

    /** Collation id that the client named at its login, or at its last change of user; what it says in {@code SET NAMES} is not in it. */
    int charset();

    /** Negotiated capability flags: the classic ones in the lower 32 bits, MariaDB's extended ones in the upper. */
    long capabilities();

    /** Server status flags as last reported by a server: transaction, autocommit, sql_mode bits. */
    int serverStatus();

    /** Whether a transaction is open, by the server's status flags. */
    default boolean inTransaction() {
        return (serverStatus() & 1) != 0;
    }

    /** Connection attributes that the client sent, in their order. */
    Map<String, String> attributes();
}
