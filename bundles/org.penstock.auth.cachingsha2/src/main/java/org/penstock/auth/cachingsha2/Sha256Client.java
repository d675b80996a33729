package org.penstock.auth.cachingsha2;

import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Secret;
import org.penstock.wire.password.PasswordRequest;

/** The machine of one client's login by sha256_password: the password, before it perhaps the public key. */
final class Sha256Client implements ClientAuth {
    private final PasswordExchange exchange;
    private @Nullable Account account;

    Sha256Client(ClientAuthRequest request) {
        this.account = request.account();
        this.exchange = new PasswordExchange(request, PasswordRequest.SHA256_KEY, (proved, password) -> {});
    }

    @Override
    public AuthStep onResponse(byte[] response) {
        boolean empty = response.length == 0 || (response.length == 1 && response[0] == 0);
        if (!empty) {
            return exchange.onPacket(response);
        }
        exchange.none();
        return decideEmpty();
    }

    private AuthStep decideEmpty() {
        return account != null && account.authentication().isEmpty()
                ? new AuthStep.Accept(Secret.none())
                : AuthStep.NEED_ACCOUNTS;
    }

    @Override
    public AuthStep onAccount(Account fresh) {
        account = fresh;
        return exchange.isNone() ? decideEmpty() : exchange.onAccount(fresh);
    }
}
