package org.penstock.auth.cleartext;

import java.util.Arrays;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.CheckedBy;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.Secret;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.wire.ErrorCodes;

/**
 * The plugin mysql_clear_password. Towards clients it checks nothing: the password goes on to the servers, which decide; the client is told when the first of them
 * has. Only over TLS or unix sockets, on both sides.
 */
@Component(
        service = Authenticator.class,
        property = {
            "penstock.authenticator.names=ClearPasswordAuth",
            "penstock.authenticator.names=mysql_clear_password"
        })
public final class ClearTextAuthenticator implements Authenticator {
    static final String PLUGIN = "mysql_clear_password";

    /** Longest password. */
    static final int MAX_PASSWORD = 4096;

    /** The server's number for a connection that must be TLS. */
    static final int SECURE_TRANSPORT_REQUIRED = 3159;

    @Override
    public String plugin() {
        return PLUGIN;
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
        return CheckedBy.SERVERS;
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        if (!request.client().encrypted()) {
            // Before the client is asked.
            throw new ProtocolException(new SqlError(
                    SECURE_TRANSPORT_REQUIRED,
                    "HY000",
                    "This listener asks for passwords in clear text: connect over TLS or a unix socket"));
        }
        return ClearTextAuthenticator::accept;
    }

    private static AuthStep accept(byte[] response) {
        int length = response.length;
        if (length == 0 || response[length - 1] != 0 || length > MAX_PASSWORD + 1) {
            return new AuthStep.Reject("expected a password with a NUL behind it, got " + length + " bytes");
        }
        byte[] password = Arrays.copyOf(response, length - 1);
        Arrays.fill(response, (byte) 0);
        return new AuthStep.Accept(password.length == 0 ? Secret.none() : new Secret(Credential.CLEAR, password));
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        return seed -> prove(request);
    }

    private static byte[] prove(ServerAuthRequest request) {
        Credential credential = request.credential();
        if (!request.encrypted()) {
            throw failed(
                    "The server asks for the password in clear text, and its connection is not TLS; set ssl=true on the server");
        }
        return switch (credential.kind()) {
            case Credential.CLEAR, Credential.NONE ->
                Arrays.copyOf(credential.secret(), credential.secret().length + 1);
            default ->
                throw failed("The server asks for the password in clear text, which the client's way of logging in has"
                        + " not shown; set clear_pw_passthrough or user_mapping_file on the listener");
        };
    }

    private static ProtocolException failed(String message) {
        int code = ErrorCodes.NOT_SUPPORTED_AUTH_MODE;
        return new ProtocolException(new SqlError(code, ErrorCodes.sqlState(code), message));
    }
}
