package org.penstock.api.protocol;

import org.osgi.annotation.versioning.ConsumerType;
import org.penstock.api.annotation.Borrowed;
import org.penstock.api.annotation.EventLoop;
import org.penstock.api.command.Payload;

/** The login machine of one client. */
@ConsumerType
@EventLoop
public interface ClientLogin {
    /** The first step: for a new client it sends the greeting, for COM_CHANGE_USER it has the credentials. */
    LoginStep begin();

    /** The step that follows a packet of the client. */
    LoginStep onPacket(@Borrowed Payload packet);

    /** Payload that asks the client to go on with another plugin. */
    byte[] switchTo(String plugin, byte[] data);

    /** Payload that carries further data of a plugin; how it is marked as such depends on the plugin. */
    byte[] moreData(String plugin, byte[] data);
}
