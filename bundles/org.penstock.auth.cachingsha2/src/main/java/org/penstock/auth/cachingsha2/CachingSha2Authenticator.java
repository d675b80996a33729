package org.penstock.auth.cachingsha2;

import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;

/** The plugin caching_sha2_password, towards clients and towards servers. */
@Component(
        service = Authenticator.class,
        property = {"penstock.authenticator.names=CachingSha2Auth", "penstock.authenticator.names=caching_sha2_password"
        })
public final class CachingSha2Authenticator implements Authenticator {
    static final String PLUGIN = "caching_sha2_password";

    @Override
    public String plugin() {
        return PLUGIN;
    }

    @Override
    public Set<String> accountPlugins() {
        return Set.of(PLUGIN);
    }

    @Override
    public Set<String> optionKeys() {
        return Set.of(CachingSha2Client.ALWAYS_FULL, RsaKeys.FILE);
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        return new CachingSha2Client(request);
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        return new CachingSha2Server(request);
    }
}
