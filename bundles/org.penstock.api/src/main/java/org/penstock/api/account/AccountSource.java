package org.penstock.api.account;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.penstock.api.server.ServiceConnection;

/** Reads the accounts of one dialect; a DS component of a protocol bundle. Its property {@code penstock.protocol} names the dialects. */
@ConsumerType
public interface AccountSource {
    /**
     * Reads all accounts.
     *
     * @return completes exceptionally with a {@link org.penstock.api.error.BackendException} that says which grant is missing
     */
    CompletionStage<AccountSet> load(ServiceConnection connection);
}
