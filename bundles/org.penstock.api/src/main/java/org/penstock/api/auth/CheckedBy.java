package org.penstock.api.auth;

/** Who has looked at the proof of a client that an authenticator has accepted. */
public enum CheckedBy {
    /** The authenticator: the proof is right. */
    AUTHENTICATOR,
    /** The servers are to, with what the client sent; the client is told that it is in when the first of them has. */
    SERVERS,
    /** Nobody: whatever the client sent would have done. */
    NOBODY
}
