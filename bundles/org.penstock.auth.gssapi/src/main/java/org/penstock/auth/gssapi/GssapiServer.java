package org.penstock.auth.gssapi;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import javax.security.auth.Subject;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.wire.ErrorCodes;

/** The machine of one login to a server, with tickets that the client delegated. Blocks: the ticket for the server comes from the Kerberos server. */
final class GssapiServer implements ServerAuth {
    private final Credential credential;
    private @Nullable GSSContext context;

    GssapiServer(Credential credential) {
        this.credential = credential;
    }

    @Override
    public boolean isBlocking() {
        return true;
    }

    /** @param data the server's principal up to a NUL; the mechanism behind it is Kerberos anyway */
    @Override
    public byte[] onSeed(byte[] data) {
        String principal = principal(data);
        try {
            GSSManager manager = GSSManager.getInstance();
            GSSContext opened = manager.createContext(
                    manager.createName(principal, Kerberos.principalName()),
                    Kerberos.mechanism(),
                    delegated(),
                    GSSContext.DEFAULT_LIFETIME);
            opened.requestMutualAuth(false);
            opened.requestCredDeleg(false);
            context = opened;
            return next(opened, new byte[0]);
        } catch (GSSException e) {
            throw failed("no ticket of the client for the server's principal '" + principal + "': " + e.getMessage());
        }
    }

    @Override
    public byte[] onMoreData(byte[] token) {
        GSSContext opened = context;
        if (opened == null || opened.isEstablished()) {
            throw failed("the server sends more than was expected");
        }
        try {
            return next(opened, token);
        } catch (GSSException e) {
            throw failed(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] next(GSSContext opened, byte[] token) throws GSSException {
        byte[] answer = opened.initSecContext(token, 0, token.length);
        return answer == null ? new byte[0] : answer;
    }

    private GSSCredential delegated() {
        Subject subject = credential.subject();
        Iterator<GSSCredential> tickets = subject == null
                ? java.util.Collections.emptyIterator()
                : subject.getPrivateCredentials(GSSCredential.class).iterator();
        if (!tickets.hasNext()) {
            throw failed("the client has delegated no tickets; let it do so, or set user_mapping_file on the listener");
        }
        return tickets.next();
    }

    private static String principal(byte[] data) {
        int length = 0;
        while (length < data.length && data[length] != 0) {
            length++;
        }
        return new String(data, 0, length, StandardCharsets.UTF_8);
    }

    private static ProtocolException failed(String why) {
        int code = ErrorCodes.NOT_SUPPORTED_AUTH_MODE;
        return new ProtocolException(
                new SqlError(code, ErrorCodes.sqlState(code), "The server asks for GSSAPI: " + why));
    }
}
