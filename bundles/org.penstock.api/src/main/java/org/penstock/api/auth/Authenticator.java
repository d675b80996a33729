package org.penstock.api.auth;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One authentication plugin; a DS component registered as a service under this interface. Its property {@code penstock.authenticator.names} holds the names by which
 * a listener's {@code authenticator} means it.
 */
@ConsumerType
public interface Authenticator {
    /** Name of the plugin on the wire, such as {@code mysql_native_password}; towards servers it is chosen by this name or one of {@link #serverPlugins()}. */
    String plugin();

    /** Further names by which servers ask for this plugin. */
    default Set<String> serverPlugins() {
        return Set.of();
    }

    /** Values of an account's plugin column that this authenticator serves; the empty string where it is the servers' default. */
    Set<String> accountPlugins();

    /** Whether clients are checked against accounts. Where false, a listener that names this authenticator lets it alone decide on every client. */
    default boolean usesAccounts() {
        return true;
    }

    /** What its {@link AuthStep.Accept} says. Only a proof that was right ends a row of refused logins of the client's address. */
    default CheckedBy checkedBy() {
        return CheckedBy.AUTHENTICATOR;
    }

    /** Keys of a listener's {@code authenticator_options} that this authenticator reads, in lower case. */
    default Set<String> optionKeys() {
        return Set.of();
    }

    /** A machine for one login of a client. */
    ClientAuth client(ClientAuthRequest request);

    /** A machine for one login to a server. */
    ServerAuth server(ServerAuthRequest request);
}
