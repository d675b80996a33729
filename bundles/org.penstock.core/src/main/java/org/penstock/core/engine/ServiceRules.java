package org.penstock.core.engine;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.Client;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.session.Store;
import org.penstock.core.account.AccountChecks;
import org.penstock.core.account.AccountRoom;
import org.penstock.core.account.LoginErrors;
import org.penstock.core.account.LoginThrottle;
import org.penstock.core.account.MatchOptions;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.login.LoginRules;
import org.penstock.core.login.MappedUser;
import org.penstock.core.service.Service;
import org.penstock.core.service.ServiceSettings;
import org.penstock.core.tls.TlsPeer;
import org.penstock.wire.ErrorCodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules of logins to a service through one of its listeners. */
final class ServiceRules implements LoginRules {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRules.class);

    private final Frontends all;
    private final Service service;
    private final LoginPolicy policy;
    private final MatchOptions matching;

    ServiceRules(Frontends all, Service service, LoginPolicy policy) {
        this.all = all;
        this.service = service;
        this.policy = policy;
        this.matching = MatchOptions.of(policy.options());
    }

    private AccountRoom accounts() {
        return all.rooms().room(service.name());
    }

    @Override
    public @Nullable Account account(String user, String address) {
        return accounts().match(user, address, matching);
    }

    @Override
    public @Nullable Account standIn(String user) {
        return accounts().current().standIn(user);
    }

    @Override
    public @Nullable SqlError blocked(String address) {
        return all.rooms().throttle().refusal(address);
    }

    @Override
    public void ended(String user, String address, @Nullable SqlError error) {
        LoginThrottle throttle = all.rooms().throttle();
        if (error == null) {
            throttle.accepted(address);
            return;
        }
        throttle.refused(address, error);
        if (service.settings().accounts().logWarnings() && AccountChecks.concernsAccount(error)) {
            LOG.atWarn()
                    .addKeyValue("service", service.name())
                    .log(
                            "Login of '{}'@'{}' on service '{}' is refused: {}",
                            user,
                            address,
                            service.name(),
                            error.message());
        }
    }

    @Override
    public @Nullable SqlError hostRefused(String address) {
        return !matching.matchHost() || accounts().hostAllowed(address) ? null : LoginErrors.hostNotAllowed(address);
    }

    @Override
    public @Nullable SqlError accountRefused(
            Account account, LoginRequest request, Client client, @Nullable TlsPeer tls) {
        return AccountChecks.refusal(account, request, client, tls);
    }

    @Override
    public void mismatched(Account account, String address) {
        if (policy.logsMismatches()) {
            LOG.atWarn()
                    .addKeyValue("service", service.name())
                    .log("Account {} admits the client at {}, whose proof for it is wrong", account, address);
        }
    }

    @Override
    public boolean skipsAuthentication() {
        return matching.skipAuthentication();
    }

    @Override
    public @Nullable SqlError databaseRefused(Account account, String database, String address) {
        SqlError refusal = accounts().databaseCheck(account, database, address, matching);
        // A database may be newer than the accounts: whether it exists is said by the server that the session logs in
        // to.
        return refusal != null && refusal.code() == ErrorCodes.BAD_DB && hasServers() ? null : refusal;
    }

    @Override
    public boolean hasServers() {
        ServiceSettings settings = service.settings();
        return !settings.servers().isEmpty() || !settings.cluster().isEmpty();
    }

    @Override
    public SqlError denied(String user, String address, boolean password) {
        return LoginErrors.accessDenied(user, address, password);
    }

    @Override
    public @Nullable Authenticator authenticator(@Nullable String accountPlugin) {
        return all.binder().forAccounts(accountPlugin == null ? "" : accountPlugin, policy);
    }

    @Override
    public @Nullable Authenticator withoutAccounts() {
        return policy.passesPasswordsThrough()
                ? all.binder().authenticator(LoginPolicy.CLEAR_PASSWORD)
                : all.binder().withoutAccounts(policy);
    }

    @Override
    public Map<String, String> options() {
        return policy.options();
    }

    @Override
    public @Nullable MappedUser mapped(String user) {
        return policy.mapping().map(user);
    }

    @Override
    public Store store() {
        return all.stores().store(ObjectKind.SERVICE, service.name());
    }

    @Override
    public @Nullable CompletionStage<?> named(String user, String address) {
        return matching.matchHost() ? accounts().named(user, address) : null;
    }

    @Override
    public @Nullable CompletionStage<?> refresh(String user, String address) {
        return accounts().refresh(user, address);
    }
}
