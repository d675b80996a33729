package org.penstock.auth.pam;

import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;

/** The plugin pam of accounts, by the client plugins dialog and mysql_clear_password; towards servers dialog. */
@Component(
        service = Authenticator.class,
        property = {
            "penstock.authenticator.names=PAMAuth",
            "penstock.authenticator.names=PAMBackendAuth",
            "penstock.authenticator.names=pam",
            "penstock.authenticator.names=dialog"
        })
public final class PamAuthenticator implements Authenticator {
    static final String DIALOG = "dialog";

    /** The server's number for a connection that must be TLS. */
    static final int SECURE_TRANSPORT_REQUIRED = 3159;

    private final Pam pam;

    @Activate
    public PamAuthenticator() {
        this(new NativePam());
    }

    PamAuthenticator(Pam pam) {
        this.pam = pam;
    }

    @Override
    public String plugin() {
        return DIALOG;
    }

    @Override
    public Set<String> accountPlugins() {
        return Set.of("pam");
    }

    @Override
    public Set<String> optionKeys() {
        return PamOptions.KEYS;
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        PamOptions options = PamOptions.of(request.options());
        if (options.requireEncryption() && !request.client().encrypted()) {
            // Before the client is asked.
            throw new ProtocolException(new SqlError(
                    SECURE_TRANSPORT_REQUIRED,
                    "HY000",
                    "PAM asks for passwords in clear text: connect over TLS or a unix socket"));
        }
        return new PamClient(pam, options, request);
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        return new DialogServer(request);
    }
}
