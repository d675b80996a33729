package org.penstock.auth.nullauth;

import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;

/** Refuses every client of a listener that names it, with error 1045. */
@Component(service = Authenticator.class, property = "penstock.authenticator.names=NullAuthDeny")
public final class NullAuthDeny implements Authenticator {
    @Override
    public String plugin() {
        return "null_auth_deny";
    }

    @Override
    public Set<String> accountPlugins() {
        return Set.of();
    }

    @Override
    public boolean usesAccounts() {
        return false;
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        return new NullAuthAllow.Fixed(new AuthStep.Reject("NullAuthDeny"));
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        return seed -> new byte[0];
    }
}
