package org.penstock.core.server;

import java.time.Duration;
import java.util.Map;
import org.penstock.api.auth.PasswordKey;
import org.penstock.core.tls.TlsSettings;

/**
 * The parameters of one server's section; empty text where a parameter is absent.
 *
 * @param name configured name
 * @param address host name or numeric address; empty when {@code socket} is set
 * @param port TCP port
 * @param socket path of a unix socket that is used instead of address and port
 * @param protocol dialect spoken to the server
 * @param authenticator authenticator towards the server; empty for the one that the server asks for
 * @param monitorUser account of monitors on this server alone; empty for the monitor's own
 * @param monitorPassword password of that account
 * @param poolMax most idle connections that are kept for this server; 0 for none
 * @param poolMaxTime longest time that one of them stays idle
 * @param maxRoutingConnections most connections of sessions; 0 for no limit
 * @param connects how many connections may be opened at a time
 * @param proxyHeader with which PROXY header connections begin
 * @param tls encryption towards the server
 * @param compression whether packets to and from the server are compressed, where it can
 * @param key with which a password is encrypted where the connection is not
 * @param parameters the whole section as written, custom parameters included, passwords excluded
 */
public record ServerSettings(
        String name,
        String address,
        int port,
        String socket,
        String protocol,
        String authenticator,
        String monitorUser,
        String monitorPassword,
        int poolMax,
        Duration poolMaxTime,
        int maxRoutingConnections,
        ConnectLimits connects,
        ProxyHeaderVersion proxyHeader,
        TlsSettings tls,
        boolean compression,
        PasswordKey key,
        Map<String, String> parameters) {
    /** Port of a section that names none. */
    public static final int DEFAULT_PORT = 3306;

    public ServerSettings {
        parameters = Map.copyOf(parameters);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("server: expected a name");
        }
        if (address.isEmpty() == socket.isEmpty()) {
            throw new IllegalArgumentException("server '" + name + "': expected either address or socket");
        }
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("server '" + name + "': port: expected 1 to 65535, got " + port);
        }
        if (monitorUser.isEmpty() != monitorPassword.isEmpty()) {
            throw new IllegalArgumentException(
                    "server '" + name + "': expected both of monitoruser and monitorpw, or neither");
        }
        if (poolMax < 0 || maxRoutingConnections < 0 || poolMaxTime.isNegative()) {
            throw new IllegalArgumentException("server '" + name
                    + "': persistpoolmax, persistmaxtime and max_routing_connections: expected 0 or more");
        }
    }

    /** The same with other TLS parameters. */
    public ServerSettings withTls(TlsSettings encryption) {
        return new ServerSettings(
                name,
                address,
                port,
                socket,
                protocol,
                authenticator,
                monitorUser,
                monitorPassword,
                poolMax,
                poolMaxTime,
                maxRoutingConnections,
                connects,
                proxyHeader,
                encryption,
                compression,
                key,
                parameters);
    }

    /** Whether nobody between can read what is sent to the server: TLS or a unix socket. */
    public boolean encrypted() {
        return tls.enabled() || !socket.isEmpty();
    }

    /** A server with an address and defaults for all else. */
    public static ServerSettings of(String name, String address, int port) {
        return new ServerSettings(
                name,
                address,
                port,
                "",
                "MySQLBackend",
                "",
                "",
                "",
                0,
                Duration.ZERO,
                0,
                ConnectLimits.DEFAULT,
                ProxyHeaderVersion.NONE,
                TlsSettings.OFF,
                false,
                PasswordKey.NONE,
                Map.of("address", address, "port", Integer.toString(port)));
    }

    /** Whether a connection that was opened under those settings is what would be opened under these. */
    public boolean sameConnections(ServerSettings before) {
        return address.equals(before.address)
                && port == before.port
                && socket.equals(before.socket)
                && protocol.equals(before.protocol)
                && authenticator.equals(before.authenticator)
                && proxyHeader == before.proxyHeader
                && compression == before.compression
                && key.equals(before.key)
                && tls.equals(before.tls);
    }

    @Override
    public String toString() {
        return "ServerSettings[" + name + ", " + (socket.isEmpty() ? address + ":" + port : socket) + "]";
    }
}
