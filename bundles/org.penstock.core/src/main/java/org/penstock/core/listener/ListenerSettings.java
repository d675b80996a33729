package org.penstock.core.listener;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.penstock.api.value.Texts;
import org.penstock.core.global.SectionText;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.login.Permissions;
import org.penstock.core.login.ProxyNetworks;
import org.penstock.core.login.UserMapping;
import org.penstock.core.tls.TlsMode;
import org.penstock.core.tls.TlsSettings;

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
 * @param tls encryption that clients are offered
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
        LoginPolicy policy,
        TlsSettings tls) {
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
                policy(config),
                tls(config));
    }

    private static TlsSettings tls(ListenerConfig config) {
        try {
            return new TlsSettings(
                            TlsMode.of(config.ssl()),
                            config.ssl__key(),
                            config.ssl__cert(),
                            config.ssl__ca().isEmpty() ? config.ssl__ca__cert() : config.ssl__ca(),
                            config.ssl__version(),
                            config.ssl__cipher(),
                            config.ssl__crl(),
                            config.ssl__cert__verify__depth(),
                            config.ssl__verify__peer__certificate(),
                            config.ssl__verify__peer__host())
                    .ofListener();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("listener '" + config.name() + "': " + e.getMessage(), e);
        }
    }

    private static LoginPolicy policy(ListenerConfig config) {
        return LoginPolicy.of(
                        config.authenticator(),
                        config.authenticator__options(),
                        UserMapping.of(config.user__mapping__file()))
                .believing(ProxyNetworks.of(Texts.list(config.proxy__protocol__networks())))
                .permit(new Permissions(
                        config.allow__replication() && config.mariadbprotocol_allow__replication(),
                        config.allow__local__infile()));
    }

    /** Whether another section can be taken over without opening anew. */
    boolean sameEndpoints(ListenerSettings other) {
        return equals(other);
    }
}
