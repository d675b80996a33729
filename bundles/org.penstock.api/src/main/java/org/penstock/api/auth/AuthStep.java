package org.penstock.api.auth;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;

/** What the login does next, by its authenticator. */
public sealed interface AuthStep {
    /** Sends data of the plugin and waits for the client's next packet. */
    record Challenge(byte[] data) implements AuthStep {}

    /**
     * The proof does not match what is known: the core tries the account's next plugin, else reloads the accounts where its rate limit allows and calls
     * {@link ClientAuth#onAccount}, else rejects.
     */
    record NeedAccounts() implements AuthStep {}

    /** Runs off the loop, on a bounded pool; the step that it returns is taken next. */
    record InBackground(Callable<AuthStep> task) implements AuthStep {}

    /**
     * The client is who it says.
     *
     * @param credential with which servers are logged in to; the core's from now on
     * @param lastData data of the plugin to be sent before the OK, or null
     * @param serverUser account name on the servers where it is not the client's, or null
     */
    record Accept(Credential credential, byte @Nullable [] lastData, @Nullable String serverUser) implements AuthStep {
        public Accept(Credential credential) {
            this(credential, null, null);
        }
    }

    /** The client is refused unless the account has another plugin; text for the log, never shown to the client, who gets error 1045. */
    record Reject(String reason) implements AuthStep {}

    /** The client is refused with an error of its own. */
    record RejectWith(SqlError error) implements AuthStep {}

    AuthStep NEED_ACCOUNTS = new NeedAccounts();
}
