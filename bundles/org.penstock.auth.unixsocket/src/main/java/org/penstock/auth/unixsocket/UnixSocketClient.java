package org.penstock.auth.unixsocket;

import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Secret;

/**
 * The machine of one client's login: it reads nothing from the client. The peer's user must be the one that the account's authentication string names, or else the
 * one with the account's name.
 */
final class UnixSocketClient implements ClientAuth {
    private final OsUsers users;
    private final ClientAuthRequest request;

    UnixSocketClient(OsUsers users, ClientAuthRequest request) {
        this.users = users;
        this.request = request;
    }

    @Override
    public String plugin() {
        return "";
    }

    @Override
    public AuthStep onResponse(byte[] response) {
        return decide(request.account());
    }

    @Override
    public AuthStep onAccount(Account account) {
        return decide(account);
    }

    private AuthStep decide(@Nullable Account account) {
        Long uid = request.client().peerUid();
        if (uid == null) {
            return new AuthStep.Reject("unix_socket is for unix sockets whose peer the kernel names");
        }
        String stored = account == null ? "" : account.authentication();
        String name = stored.isEmpty() ? request.user() : stored;
        return new AuthStep.InBackground(() ->
                users.is(uid, name) && account != null ? new AuthStep.Accept(Secret.none()) : AuthStep.NEED_ACCOUNTS);
    }
}
