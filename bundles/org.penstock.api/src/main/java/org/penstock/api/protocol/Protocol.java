package org.penstock.api.protocol;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;
import org.penstock.api.annotation.Borrowed;
import org.penstock.api.command.Payload;

/** One SQL dialect; a DS component registered as a service under this interface. */
@ConsumerType
public interface Protocol {
    /** Most payload bytes of one packet before the login is accepted, 64 KiB: names, a proof and connection attributes fit. */
    int MAX_LOGIN_PACKET = 64 * 1024;

    /** Names in configurations, such as {@code MySQLClient} and {@code MySQLBackend}; without regard to case. */
    Set<String> names();

    /** A machine for a new client. */
    ClientLogin clientLogin(ClientLoginRequest request);

    /** A machine for a COM_CHANGE_USER of a client that is logged in; {@code command} is the complete payload. */
    ClientLogin changeUser(ClientLoginRequest request, @Borrowed Payload command);

    /** A machine for a new connection to a server. */
    ServerLogin serverLogin(ServerLoginRequest request);

    /** A machine for a COM_CHANGE_USER on a connection to a server that is logged in. */
    ServerLogin changeUser(ServerLoginRequest request, Greeting greeting);
}
