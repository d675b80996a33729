package org.penstock.core.login;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.error.SqlError;
import org.penstock.core.account.LoginErrors;

/** Rules for tests: accounts decide, every host and database is allowed, nothing is mapped and nothing is read anew. */
public interface PlainRules extends LoginRules {
    @Override
    default @Nullable Account standIn(String user) {
        return null;
    }

    @Override
    default @Nullable SqlError hostRefused(String address) {
        return null;
    }

    @Override
    default @Nullable SqlError databaseRefused(Account account, String database, String address) {
        return null;
    }

    @Override
    default SqlError denied(String user, String address, boolean password) {
        return LoginErrors.accessDenied(user, address, password);
    }

    @Override
    default @Nullable Authenticator withoutAccounts() {
        return null;
    }

    @Override
    default Map<String, String> options() {
        return Map.of();
    }

    @Override
    default @Nullable MappedUser mapped(String user) {
        return null;
    }

    @Override
    default @Nullable CompletionStage<?> refresh(String user, String address) {
        return null;
    }
}
