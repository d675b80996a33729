package org.penstock.core.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.auth.PasswordKey;
import org.penstock.core.global.SectionText;
import org.penstock.core.tls.TlsMode;
import org.penstock.core.tls.TlsSettings;
import org.penstock.wire.password.RsaPassword;

/** One server section: puts it into the registry and changes it there in place. */
@Component(
        service = ServerComponent.class,
        immediate = true,
        configurationPid = ServerConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ServerConfig.class, factory = true)
public final class ServerComponent {
    /** Most bytes of a file with a public key. */
    private static final long MAX_KEY = 64L << 10;

    private final Servers servers;
    private final String name;

    @Activate
    public ServerComponent(@Reference Servers servers, ServerConfig config, Map<String, Object> properties) {
        this.servers = servers;
        this.name = servers.add(settings(config, properties)).name();
    }

    @Modified
    void modified(ServerConfig config, Map<String, Object> properties) {
        servers.modify(settings(config, properties));
    }

    @Deactivate
    void deactivate() {
        servers.remove(name);
    }

    static ServerSettings settings(ServerConfig config, Map<String, ?> properties) {
        return new ServerSettings(
                config.name(),
                config.address(),
                config.port(),
                config.socket(),
                config.protocol(),
                config.authenticator(),
                config.monitoruser(),
                config.monitorpw(),
                config.persistpoolmax(),
                SectionText.duration("persistmaxtime", config.persistmaxtime(), ChronoUnit.SECONDS),
                config.max__routing__connections(),
                new ConnectLimits(config.max__connects__in__flight(), config.max__connects__per__second()),
                ProxyHeaderVersion.of(config.proxy__protocol()),
                tls(config),
                config.compression(),
                key(config),
                SectionText.written(properties, List.of("monitorpw")));
    }

    private static PasswordKey key(ServerConfig config) {
        String file = config.server__public__key__path();
        if (file.isEmpty()) {
            return new PasswordKey(config.get__server__public__key(), "");
        }
        String place = "server '" + config.name() + "': server_public_key_path: ";
        try {
            if (Files.size(Path.of(file)) > MAX_KEY) {
                throw new IllegalArgumentException(
                        place + file + " is no public key: expected at most " + MAX_KEY + " bytes");
            }
            String pem = Files.readString(Path.of(file), StandardCharsets.US_ASCII);
            RsaPassword.publicKey(pem.getBytes(StandardCharsets.US_ASCII));
            return new PasswordKey(false, pem);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(place + file + " cannot be read: " + e, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    place + file + ": expected the server's public RSA key in PEM: " + e.getMessage(), e);
        }
    }

    private static TlsSettings tls(ServerConfig config) {
        try {
            TlsSettings written = new TlsSettings(
                    TlsMode.of(config.ssl()),
                    config.ssl__key(),
                    config.ssl__cert(),
                    config.ssl__ca().isEmpty() ? config.ssl__ca__cert() : config.ssl__ca(),
                    config.ssl__version(),
                    config.ssl__cipher(),
                    config.ssl__crl(),
                    config.ssl__cert__verify__depth(),
                    false,
                    false);
            return TlsSettings.ofServer(
                    written, config.ssl__verify__peer__certificate(), config.ssl__verify__peer__host());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("server '" + config.name() + "': " + e.getMessage(), e);
        }
    }
}
