package org.penstock.core.login;

import org.penstock.api.auth.Credential;
import org.penstock.api.protocol.LoginRequest;

/**
 * Who a client is, once it has been accepted.
 *
 * @param request what it asked for
 * @param credential with which servers can be logged in to on its behalf
 */
public record Identity(LoginRequest request, Credential credential) {
    @Override
    public String toString() {
        return "Identity[" + request.user() + "]";
    }
}
