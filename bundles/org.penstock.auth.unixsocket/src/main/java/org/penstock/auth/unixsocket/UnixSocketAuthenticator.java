package org.penstock.auth.unixsocket;

import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.wire.ErrorCodes;

/** The plugins unix_socket (MariaDB) and auth_socket (MySQL), towards clients. Servers never ask for them. */
@Component(
        service = Authenticator.class,
        property = {
            "penstock.authenticator.names=UnixSocketAuth",
            "penstock.authenticator.names=unix_socket",
            "penstock.authenticator.names=auth_socket"
        })
public final class UnixSocketAuthenticator implements Authenticator {
    static final String PLUGIN = "unix_socket";

    private final OsUsers users = new OsUsers();

    @Override
    public String plugin() {
        return PLUGIN;
    }

    @Override
    public Set<String> accountPlugins() {
        return Set.of(PLUGIN, "auth_socket");
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        return new UnixSocketClient(users, request);
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        throw new ProtocolException(new SqlError(
                ErrorCodes.NOT_SUPPORTED_AUTH_MODE,
                ErrorCodes.sqlState(ErrorCodes.NOT_SUPPORTED_AUTH_MODE),
                PLUGIN + " is no way to log in to a server"));
    }
}
