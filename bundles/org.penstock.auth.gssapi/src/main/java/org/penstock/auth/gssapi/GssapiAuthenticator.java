package org.penstock.auth.gssapi;

import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;

/** The plugin gssapi of accounts, by the client plugin auth_gssapi_client, towards clients and towards servers. */
@Component(
        service = Authenticator.class,
        property = {
            "penstock.authenticator.names=GSSAPIAuth",
            "penstock.authenticator.names=GSSAPIBackendAuth",
            "penstock.authenticator.names=gssapi",
            "penstock.authenticator.names=auth_gssapi_client"
        })
public final class GssapiAuthenticator implements Authenticator {
    static final String PLUGIN = "auth_gssapi_client";

    @Override
    public String plugin() {
        return PLUGIN;
    }

    @Override
    public Set<String> accountPlugins() {
        return Set.of("gssapi");
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        return new GssapiClient(Acceptor.of(request.options()), request);
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        return new GssapiServer(request.credential());
    }
}
