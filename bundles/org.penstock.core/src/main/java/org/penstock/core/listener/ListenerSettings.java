package org.penstock.core.listener;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.penstock.core.global.SectionText;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.login.UserMapping;

/**
 * The parameters of one listener's section.
 *
 * @param name configured name
 * @param service the service behind it
 * @param protocol dialect towards clients
 * @param address to listen on; empty for all interfaces
 * @param port TCP port, 0 for any free one, -1 for none
 * @param socket path of a unix socket, empty for none
 * @param connectTimeout bound for a whole login
 * @param maxPendingLogins logins that may be pending at a time
 * @param policy how clients are let in
 */
record ListenerSettings(
        String name,
        String service,
        String protocol,
        String address,
        int port,
        String socket,
        Duration connectTimeout,
        int maxPendingLogins,
        LoginPolicy policy) {
    ListenerSettings {
        if (port < 0 && socket.isEmpty()) {
            throw new IllegalArgumentException("listener '" + name + "': expected a port or a socket");
        }
        if (maxPendingLogins < 1) {
            throw new IllegalArgumentException("listener '" + name + "': max_pending_logins: expected 1 or more");
        }
    }

    static ListenerSettings of(ListenerConfig config) {
        return new ListenerSettings(
                config.name(),
                config.service(),
                config.protocol(),
                config.address(),
                config.port(),
                config.socket(),
                SectionText.duration("connect_timeout", config.connect__timeout(), ChronoUnit.SECONDS),
                config.max__pending__logins(),
                policy(config));
    }

    private static LoginPolicy policy(ListenerConfig config) {
        return LoginPolicy.of(
                config.authenticator(),
                config.authenticator__options(),
                UserMapping.of(config.user__mapping__file()));
    }

    /** Whether another section can be taken over without opening anew. */
    boolean sameEndpoints(ListenerSettings other) {
        return equals(other);
    }
}
