package org.penstock.core.login;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.CheckedBy;
import org.penstock.api.auth.Client;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.LoginRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proof of one client: runs the authenticators of its account's methods one after the other until one decides. For a user that does not exist those of another
 * account run, with the same steps and the same work, and nothing is accepted.
 */
final class Proof {
    private static final Logger LOG = LoggerFactory.getLogger(Proof.class);

    /** Steps that authenticators may take for one login. */
    private static final int MAX_STEPS = 32;

    private static final Account.Method DEFAULT = new Account.Method("", "");

    private final LoginPort port;
    private final ClientLogin protocol;
    private final LoginRules rules;
    private final Outcome outcome;
    private final LoginRequest request;
    private final Client client;
    private final byte[] seed;
    private @Nullable Account account;
    private List<Account.Method> methods = List.of(DEFAULT);
    private int method;
    private @Nullable Authenticator authenticator;
    private @Nullable ClientAuth machine;
    private String plugin = "";
    private boolean answered;
    private boolean waiting;
    private boolean password;
    private int steps;

    /** What became of the proof. */
    interface Outcome {
        /** The client is let in; the account is null where accounts are not asked. */
        void accepted(@Nullable Account account, AuthStep.Accept accept, CheckedBy checkedBy);

        /** No method of the account was proved. */
        void failed(Proof wrong);

        void refused(SqlError error);

        /** Runs what comes from another thread's task as a step of the login; false when that has ended. */
        boolean resumed(Runnable task);
    }

    /** The login that a proof is part of. */
    record Context(LoginPort port, ClientLogin protocol, LoginRules rules, Outcome outcome) {}

    Proof(Context context, LoginRequest request, Client client, byte[] seed) {
        this.port = context.port();
        this.protocol = context.protocol();
        this.rules = context.rules();
        this.outcome = context.outcome();
        this.request = request;
        this.client = client;
        this.seed = seed;
    }

    /** Begins with the account that admits the client, if any. */
    void begin() {
        Authenticator alone = rules.withoutAccounts();
        if (alone != null) {
            open(alone, null);
            return;
        }
        begin(rules.account(request.user(), client.address()));
    }

    private void begin(@Nullable Account found) {
        account = found;
        Account shown = found == null ? rules.standIn(request.user()) : found;
        methods = shown == null ? List.of(DEFAULT) : shown.methods();
        method = 0;
        next(shown);
    }

    private void next(@Nullable Account shown) {
        Account.Method tried = methods.get(method);
        Authenticator found = rules.authenticator(shown == null ? null : tried.plugin());
        if (found != null) {
            open(found, shown == null ? null : shown.by(tried));
        } else if (method + 1 < methods.size()) {
            method++;
            next(shown);
        } else if (account != null && rules.skipsAuthentication()) {
            failed();
        } else {
            String name = tried.plugin().isEmpty() ? "mysql_native_password" : tried.plugin();
            LOG.debug("no authenticator for '{}' of '{}'@'{}'", name, request.user(), client.address());
            outcome.refused(new SqlError(1524, "HY000", "Plugin '" + name + "' is not loaded"));
        }
    }

    private void open(Authenticator found, @Nullable Account shown) {
        ClientAuthRequest told =
                new ClientAuthRequest(request.user(), shown, seed.clone(), client, rules.options(), rules.store());
        authenticator = found;
        ClientAuth opened = proved(() -> found.client(told));
        machine = opened;
        String named = called(opened::plugin);
        plugin = named == null ? found.plugin() : named;
        if (plugin.isEmpty()) {
            take(proved(() -> opened.onResponse(new byte[0])));
            return;
        }
        byte[] data = called(opened::switchData);
        if (data == null && !answered && plugin.equalsIgnoreCase(request.plugin())) {
            respond(request.authData());
        } else {
            answered = true;
            port.send(protocol.switchTo(plugin, data == null ? seed : data));
        }
    }

    /** Bytes of the client for the plugin. */
    void respond(byte[] data) {
        ClientAuth current = machine;
        if (current == null) {
            outcome.refused(new SqlError(1043, "08S01", "Bad handshake"));
            return;
        }
        answered = true;
        password |= data.length > 1 || (data.length == 1 && data[0] != 0);
        take(proved(() -> current.onResponse(data.clone())));
    }

    /** The accounts were read anew: an account that was not tried yet is. */
    void reloaded() {
        Account fresh = rules.account(request.user(), client.address());
        Authenticator current = authenticator;
        ClientAuth opened = machine;
        if (fresh == null || fresh.equals(account) || rules.withoutAccounts() != null) {
            outcome.failed(this);
        } else if (opened == null || methods.size() > 1 || fresh.methods().size() > 1) {
            begin(fresh);
        } else if (rules.authenticator(fresh.plugin()) == current) {
            account = fresh;
            methods = fresh.methods();
            method = 0;
            take(proved(() -> opened.onAccount(fresh)));
        } else {
            begin(fresh);
        }
    }

    /** Whether the accounts have changed since they were looked at. */
    boolean isOutdated() {
        return rules.withoutAccounts() == null
                && !Objects.equals(account, rules.account(request.user(), client.address()));
    }

    /** Whether the client sent anything that may be a password. */
    boolean usingPassword() {
        return password;
    }

    /** The account whose methods were tried, or null. */
    @Nullable
    Account account() {
        return account;
    }

    /** Whether the client must be silent. */
    boolean waiting() {
        return waiting;
    }

    /** See {@link ClientAuth#certificateProofKey()}. */
    byte @Nullable [] certificateProofKey() {
        ClientAuth current = machine;
        return current == null ? null : called(current::certificateProofKey);
    }

    private <T> T proved(Supplier<T> call) {
        return Objects.requireNonNull(called(() -> Objects.requireNonNull(call.get(), "nothing returned")));
    }

    /** Calls into the authenticator; what it throws refuses the client as a wrong proof does. */
    private <T> @Nullable T called(Supplier<@Nullable T> call) {
        try {
            return call.get();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            if (e instanceof ProtocolException) {
                throw e;
            }
            LOG.atWarn()
                    .setCause(LOG.isDebugEnabled() ? e : null)
                    .log(
                            "authenticator '{}' failed, '{}'@'{}' is refused: {}",
                            plugin,
                            request.user(),
                            client.address(),
                            e.toString());
            throw new ProtocolException(rules.denied(request.user(), client.address(), password));
        }
    }

    private void take(AuthStep step) {
        if (++steps > MAX_STEPS) {
            outcome.refused(new SqlError(1043, "08S01", "Bad handshake: too many authentication steps"));
        } else if (step instanceof AuthStep.Challenge challenge) {
            port.send(protocol.moreData(plugin, challenge.data()));
        } else if (step instanceof AuthStep.InBackground background) {
            waiting = true;
            port.background(background.task(), this::resumed);
        } else if (step instanceof AuthStep.Accept accept) {
            accept(accept);
        } else if (step instanceof AuthStep.RejectWith reject && isKnown()) {
            outcome.refused(reject.error());
        } else {
            if (step instanceof AuthStep.Reject reject) {
                LOG.debug("login of '{}'@'{}' rejected: {}", request.user(), client.address(), reject.reason());
            }
            wrong();
        }
    }

    private boolean isKnown() {
        return account != null || rules.withoutAccounts() != null;
    }

    private void accept(AuthStep.Accept accept) {
        if (!isKnown()) {
            accept.credential().destroy();
            wrong();
            return;
        }
        byte[] last = accept.lastData();
        if (last != null) {
            port.send(protocol.moreData(plugin, last));
        }
        Authenticator current = authenticator;
        outcome.accepted(account, accept, current == null ? CheckedBy.NOBODY : proved(current::checkedBy));
    }

    /** The account's next method, or none. */
    private void wrong() {
        if (method + 1 >= methods.size()) {
            failed();
            return;
        }
        method++;
        answered = true;
        next(account == null ? rules.standIn(request.user()) : account);
    }

    private void failed() {
        if (account != null && rules.skipsAuthentication()) {
            outcome.accepted(account, new AuthStep.Accept(HeldCredential.none()), CheckedBy.NOBODY);
        } else {
            outcome.failed(this);
        }
    }

    private void resumed(@Nullable AuthStep next, @Nullable Throwable failure) {
        waiting = false;
        boolean taken = outcome.resumed(() -> {
            if (next == null) {
                LOG.warn(
                        "authenticator '{}' failed in the background, '{}'@'{}' is refused: {}",
                        plugin,
                        request.user(),
                        client.address(),
                        String.valueOf(failure));
                wrong();
            } else {
                take(next);
            }
        });
        if (!taken && next instanceof AuthStep.Accept late) {
            late.credential().destroy();
        }
    }
}
