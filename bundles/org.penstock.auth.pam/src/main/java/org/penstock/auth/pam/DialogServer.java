package org.penstock.auth.pam;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.wire.ErrorCodes;

/** The machine of one login to a server that asks by dialog: its first question gets the password, further ones have no answer. */
final class DialogServer implements ServerAuth {
    private final ServerAuthRequest request;
    private boolean answered;

    DialogServer(ServerAuthRequest request) {
        this.request = request;
    }

    @Override
    public byte[] onSeed(byte[] prompt) {
        return answer(prompt);
    }

    @Override
    public byte[] onMoreData(byte[] prompt) {
        return answer(prompt);
    }

    private byte[] answer(byte[] prompt) {
        Credential credential = request.credential();
        if (answered) {
            throw failed("The server's PAM asks '" + text(prompt) + "', and only its first question can be answered");
        }
        if (!request.encrypted()) {
            throw failed("The server's PAM asks for the password in clear text, and its connection is not TLS;"
                    + " set ssl=true on the server");
        }
        if (!credential.kind().equals(Credential.CLEAR)) {
            throw failed("The server's PAM asks for the password, which the client's way of logging in has not shown;"
                    + " set user_mapping_file on the listener");
        }
        answered = true;
        return Arrays.copyOf(credential.secret(), credential.secret().length + 1);
    }

    private static String text(byte[] prompt) {
        return prompt.length == 0
                ? ""
                : new String(prompt, 1, prompt.length - 1, StandardCharsets.UTF_8)
                        .replace('\0', ' ')
                        .strip();
    }

    private static ProtocolException failed(String message) {
        int code = ErrorCodes.NOT_SUPPORTED_AUTH_MODE;
        return new ProtocolException(new SqlError(code, ErrorCodes.sqlState(code), message));
    }
}
