package org.penstock.api.auth;

import java.util.concurrent.Callable;
import org.penstock.api.error.SqlError;

/** What the login does next, by its authenticator. */
public sealed interface AuthStep {
    /** Sends data of the plugin (AuthMoreData) and waits for the client's next packet. */
    record Challenge(byte[] data) implements AuthStep {}

    /** The proof does not match what is known: the core reloads the accounts where its rate limit allows and begins again, else rejects. */
    record NeedAccounts() implements AuthStep {}

    /** Runs off the loop; the step that it returns is taken next. */
    record InBackground(Callable<AuthStep> task) implements AuthStep {}

    /** The client is who it says. */
    record Accept(Credential credential) implements AuthStep {}

    /** The client is refused; null-safe text for the log, never shown to the client, who gets error 1045. */
    record Reject(String reason) implements AuthStep {}

    /** The client is refused with an error of its own. */
    record RejectWith(SqlError error) implements AuthStep {}

    AuthStep NEED_ACCOUNTS = new NeedAccounts();
}
