package org.penstock.core.login;

import org.penstock.api.auth.CheckedBy;
import org.penstock.api.auth.Credential;
import org.penstock.api.protocol.LoginRequest;

/**
 * Who a client is, once it has been accepted.
 *
 * @param request what it asked for
 * @param serverUser account name with which servers are logged in to on its behalf
 * @param credential that proves it to them
 * @param checkedBy who has looked at its proof, or is to
 */
public record Identity(LoginRequest request, String serverUser, Credential credential, CheckedBy checkedBy) {
    /** Whether the client counts as accepted only once a server has let it in. */
    public boolean awaitsServer() {
        return checkedBy == CheckedBy.SERVERS;
    }

    @Override
    public String toString() {
        return "Identity[" + request.user() + "]";
    }
}
