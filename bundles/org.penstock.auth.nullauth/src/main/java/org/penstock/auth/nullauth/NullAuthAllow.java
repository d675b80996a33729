package org.penstock.auth.nullauth;

import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.CheckedBy;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Secret;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;

/** Accepts every client of a listener that names it, whatever it sends. Proves nothing to servers. */
@Component(service = Authenticator.class, property = "penstock.authenticator.names=NullAuthAllow")
public final class NullAuthAllow implements Authenticator {
    /** What clients are asked for; any of them knows it. */
    static final String WIRE = "mysql_native_password";

    @Override
    public String plugin() {
        return "null_auth_allow";
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
    public CheckedBy checkedBy() {
        return CheckedBy.NOBODY;
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        return new Fixed(new AuthStep.Accept(Secret.none()));
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        return seed -> new byte[0];
    }

    /**
     * The machine that always takes the same step.
     *
     * @param step whatever the client sends
     */
    record Fixed(AuthStep step) implements ClientAuth {
        @Override
        public String plugin() {
            return WIRE;
        }

        @Override
        public AuthStep onResponse(byte[] response) {
            return step;
        }
    }
}
