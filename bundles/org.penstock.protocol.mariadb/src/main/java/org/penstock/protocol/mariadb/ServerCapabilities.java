package org.penstock.protocol.mariadb;

import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.wire.Capabilities;

/** The capabilities of a connection to a server: the client's, as far as the server has them, and those of the login itself, which are the connection's own. */
final class ServerCapabilities {
    private static final long OWN = Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA
            | Capabilities.CONNECT_ATTRS;

    private static final long NOT_TAKEN_OVER = Capabilities.SSL | Capabilities.CONNECT_WITH_DB | Capabilities.MYSQL;

    private ServerCapabilities() {}

    static long of(ServerLoginRequest request, Greeting greeting) {
        long server = greeting.capabilities() & Capabilities.SUPPORTED;
        long flags = (request.capabilities() & server & ~NOT_TAKEN_OVER) | (OWN & server);
        String database = request.database();
        if (database != null && !database.isEmpty()) {
            flags |= Capabilities.CONNECT_WITH_DB;
        }
        if (request.tls()) {
            flags |= Capabilities.SSL;
        }
        boolean mysql = Capabilities.has(server | request.capabilities(), Capabilities.MYSQL);
        return mysql ? (flags & Capabilities.CLASSIC_MASK) | Capabilities.MYSQL : flags;
    }
}
