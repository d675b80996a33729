package org.penstock.api.auth;

import org.osgi.annotation.versioning.ConsumerType;
import org.penstock.api.annotation.EventLoop;
import org.penstock.api.annotation.Owned;

/** The machine of one login of a client. */
@ConsumerType
@EventLoop
public interface ClientAuth {
    /**
     * The first step, with the client's first bytes for this plugin, or those that answer a switch to it.
     * Called again with the same bytes and a fresh request's account on another instance when accounts were reloaded after {@link AuthStep.NeedAccounts}.
     */
    AuthStep onResponse(@Owned byte[] response);
}
