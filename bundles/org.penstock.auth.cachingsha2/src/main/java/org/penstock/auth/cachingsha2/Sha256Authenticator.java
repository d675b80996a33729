package org.penstock.auth.cachingsha2;

import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;

/** The plugin sha256_password, towards clients and towards servers: the password itself, at each login. */
@Component(
        service = Authenticator.class,
        property = {"penstock.authenticator.names=Sha256Auth", "penstock.authenticator.names=sha256_password"})
public final class Sha256Authenticator implements Authenticator {
    static final String PLUGIN = "sha256_password";

    @Override
    public String plugin() {
        return PLUGIN;
    }

    @Override
    public Set<String> accountPlugins() {
        return Set.of(PLUGIN);
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        return new Sha256Client(request);
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        return new Sha256Server(request);
    }
}
