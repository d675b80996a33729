package org.penstock.core.login;

import org.penstock.api.auth.Credential;

/**
 * The account with which servers are logged in to on behalf of a client.
 *
 * @param name account name on the servers
 * @param credential the session's from now on
 */
public record MappedUser(String name, Credential credential) {
    @Override
    public String toString() {
        return "MappedUser[" + name + "]";
    }
}
