package org.penstock.api.auth;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** One authentication plugin; a DS component registered as a service under this interface. */
@ConsumerType
public interface Authenticator {
    /** Name of the plugin on the wire, such as {@code mysql_native_password}. */
    String plugin();

    /** Values of an account's plugin column that this authenticator serves; the empty string where it is the servers' default. */
    Set<String> accountPlugins();

    /** A machine for one login of a client. */
    ClientAuth client(ClientAuthRequest request);

    /** A machine for one login to a server. */
    ServerAuth server(Credential credential);

    /** A credential from a configured password, for service and monitor accounts. */
    Credential credential(String password);
}
