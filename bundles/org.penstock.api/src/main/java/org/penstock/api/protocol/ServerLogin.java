package org.penstock.api.protocol;

import org.osgi.annotation.versioning.ConsumerType;
import org.penstock.api.annotation.Borrowed;
import org.penstock.api.annotation.EventLoop;
import org.penstock.api.command.Payload;

/** The login machine of one connection to a server. */
@ConsumerType
@EventLoop
public interface ServerLogin {
    /** The first step: for a new connection it waits for the greeting, for COM_CHANGE_USER it sends the command. */
    ServerLoginStep begin();

    /** The step that follows a packet of the server. */
    ServerLoginStep onPacket(@Borrowed Payload packet);

    /** The step that follows a finished TLS handshake. */
    ServerLoginStep onTls();
}
