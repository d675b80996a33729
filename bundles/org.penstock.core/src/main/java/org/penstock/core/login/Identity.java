package org.penstock.core.login;

import org.penstock.api.auth.Credential;
import org.penstock.api.protocol.LoginRequest;

/**
 * Who a client is, once it has been accepted.
 *
 * @param request what it asked for
 * @param serverUser account name with which servers are logged in to on its behalf
 * @param credential that proves it to them
 */
public record Identity(LoginRequest request, String serverUser, Credential credential) {
    @Override
    public String toString() {
        return "Identity[" + request.user() + "]";
    }
}
