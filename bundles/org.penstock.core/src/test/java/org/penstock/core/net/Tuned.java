package org.penstock.core.net;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.penstock.core.server.ConnectLimits;
import org.penstock.core.server.ProxyHeaderVersion;
import org.penstock.core.server.ServerSettings;

/** Changes of one server's settings for tests. */
final class Tuned {
    private Tuned() {}

    static UnaryOperator<ServerSettings> pool(int most, Duration age) {
        return old -> of(
                old,
                old.address(),
                old.socket(),
                most,
                age,
                old.maxRoutingConnections(),
                old.proxyHeader(),
                old.connects());
    }

    static UnaryOperator<ServerSettings> limit(int connections) {
        return old -> of(
                old,
                old.address(),
                old.socket(),
                old.poolMax(),
                old.poolMaxTime(),
                connections,
                old.proxyHeader(),
                old.connects());
    }

    static UnaryOperator<ServerSettings> header(ProxyHeaderVersion version) {
        return old -> of(
                old,
                old.address(),
                old.socket(),
                old.poolMax(),
                old.poolMaxTime(),
                old.maxRoutingConnections(),
                version,
                old.connects());
    }

    static UnaryOperator<ServerSettings> connects(int inFlight, int perSecond) {
        return old -> of(
                old,
                old.address(),
                old.socket(),
                old.poolMax(),
                old.poolMaxTime(),
                old.maxRoutingConnections(),
                old.proxyHeader(),
                new ConnectLimits(inFlight, perSecond));
    }

    static UnaryOperator<ServerSettings> address(String address) {
        return old -> of(
                old,
                address,
                "",
                old.poolMax(),
                old.poolMaxTime(),
                old.maxRoutingConnections(),
                old.proxyHeader(),
                old.connects());
    }

    static UnaryOperator<ServerSettings> socket(String path) {
        return old -> of(
                old,
                "",
                path,
                old.poolMax(),
                old.poolMaxTime(),
                old.maxRoutingConnections(),
                old.proxyHeader(),
                old.connects());
    }

    static UnaryOperator<ServerSettings> compression(boolean on) {
        return old -> new ServerSettings(
                old.name(),
                old.address(),
                old.port(),
                old.socket(),
                old.protocol(),
                old.authenticator(),
                old.monitorUser(),
                old.monitorPassword(),
                old.poolMax(),
                old.poolMaxTime(),
                old.maxRoutingConnections(),
                old.connects(),
                old.proxyHeader(),
                old.tls(),
                on,
                old.key(),
                Map.of());
    }

    private static ServerSettings of(
            ServerSettings old,
            String address,
            String socket,
            int poolMax,
            Duration poolMaxTime,
            int connections,
            ProxyHeaderVersion header,
            ConnectLimits connects) {
        return new ServerSettings(
                old.name(),
                address,
                old.port(),
                socket,
                old.protocol(),
                old.authenticator(),
                old.monitorUser(),
                old.monitorPassword(),
                poolMax,
                poolMaxTime,
                connections,
                connects,
                header,
                old.tls(),
                old.compression(),
                old.key(),
                Map.of());
    }
}
