package org.penstock.api.protocol;

import org.penstock.api.error.SqlError;

/** What a client's login does next, by its protocol. */
public sealed interface LoginStep {
    /** Sends a packet and waits for the next one. */
    record Send(byte[] payload) implements LoginStep {}

    /** Switches to TLS, then waits for the next packet. */
    record StartTls() implements LoginStep {}

    /** The client said who it is: the core finds the account and runs the authenticator. */
    record Identified(LoginRequest request) implements LoginStep {}

    /** Data for the authenticator, in answer to a switch or further data. */
    record AuthData(byte[] data) implements LoginStep {}

    /** The client is refused. */
    record Reject(SqlError error) implements LoginStep {}

    LoginStep START_TLS = new StartTls();
}
