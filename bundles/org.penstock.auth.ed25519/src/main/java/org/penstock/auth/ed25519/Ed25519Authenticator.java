package org.penstock.auth.ed25519;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.value.ConfigurationException;

/** The plugin ed25519 of MariaDB, on the wire client_ed25519, towards clients and towards servers. A client's signature proves nothing to a server. */
@Component(
        service = Authenticator.class,
        property = {
            "penstock.authenticator.names=Ed25519Auth",
            "penstock.authenticator.names=ed25519",
            "penstock.authenticator.names=client_ed25519"
        })
public final class Ed25519Authenticator implements Authenticator {
    static final String WIRE = "client_ed25519";
    static final String NAME = "ed25519";

    private static final String MODE = "ed_mode";

    /** Makes the table of the base point now, not on an event loop. */
    public Ed25519Authenticator() {
        EdwardsPoint.baseTimes(BigInteger.ONE);
    }

    @Override
    public String plugin() {
        return WIRE;
    }

    @Override
    public Set<String> accountPlugins() {
        return Set.of(NAME);
    }

    @Override
    public Set<String> optionKeys() {
        return Set.of(MODE, PasswordClient.KEY_FILE, "ed_rsa_pubkey_path");
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        String mode = request.options().getOrDefault(MODE, NAME).toLowerCase(Locale.ROOT);
        return switch (mode) {
            case NAME -> new SignatureClient(request.account());
            case "sha256" -> new PasswordClient(request);
            default -> throw new ConfigurationException(mode, "ed_mode: ed25519 or sha256");
        };
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        return new Ed25519Server(request);
    }
}
