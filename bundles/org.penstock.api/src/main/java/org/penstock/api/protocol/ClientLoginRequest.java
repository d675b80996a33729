package org.penstock.api.protocol;

/**
 * What the login machine of a client works with.
 *
 * @param greeting what to announce; for COM_CHANGE_USER, what was announced
 * @param capabilities for COM_CHANGE_USER the session's negotiated ones, else those of the greeting
 * @param tls whether the listener can switch to TLS
 */
public record ClientLoginRequest(Greeting greeting, long capabilities, boolean tls) {}
