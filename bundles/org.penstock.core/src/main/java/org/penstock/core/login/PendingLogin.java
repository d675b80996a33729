package org.penstock.core.login;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.command.Payload;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.LoginStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client from its first byte to its acceptance: runs the protocol's machine and the authenticator's, finds the account, and checks the database.
 *
 * <pre>
 *   PROTOCOL --identified--> AUTHENTICATING --accept--> DONE
 *                               |    ^
 *                      need accounts, background
 * </pre>
 *
 * After a refusal the only next state is closed: nothing that arrives is looked at.
 */
public final class PendingLogin {
    private static final Logger LOG = LoggerFactory.getLogger(PendingLogin.class);

    /** Steps that an authenticator may take for one login. */
    private static final int MAX_STEPS = 32;

    private final LoginPort port;
    private final ClientLogin protocol;
    private final LoginRules rules;
    private final String address;
    private final byte[] seed;
    private final boolean encrypted;
    private @Nullable LoginRequest request;
    private @Nullable ClientAuth auth;
    private String plugin = "";
    private @Nullable Account account;
    private byte[] response = new byte[0];
    private boolean refreshed;
    private boolean done;
    private boolean waiting;
    private int steps;

    public PendingLogin(
            LoginPort port, ClientLogin protocol, LoginRules rules, String address, byte[] seed, boolean encrypted) {
        this.port = port;
        this.protocol = protocol;
        this.rules = rules;
        this.address = address;
        this.seed = seed.clone();
        this.encrypted = encrypted;
    }

    public void begin() {
        guarded(() -> step(protocol.begin()));
    }

    public void packet(Payload payload) {
        if (done) {
            return;
        }
        if (waiting) {
            refuse(new SqlError(1156, "08S01", "Got packets out of order"));
            return;
        }
        guarded(() -> step(protocol.onPacket(payload)));
    }

    public boolean done() {
        return done;
    }

    /** Account name as far as it is known, for messages. */
    public String user() {
        LoginRequest known = request;
        return known == null ? "" : known.user();
    }

    /** Nothing more happens here. */
    public void close() {
        done = true;
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (ProtocolException e) {
            refuse(e.error());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            LOG.atWarn()
                    .setCause(LOG.isDebugEnabled() ? e : null)
                    .log("login from {} failed: {}", address, e.toString());
            refuse(new SqlError(1043, "08S01", "Bad handshake"));
        }
    }

    private void step(LoginStep step) {
        if (step instanceof LoginStep.Send send) {
            port.send(send.payload());
        } else if (step instanceof LoginStep.Identified identified) {
            identify(identified.request());
        } else if (step instanceof LoginStep.AuthData data) {
            respond(data.data());
        } else if (step instanceof LoginStep.Reject reject) {
            refuse(reject.error());
        } else {
            refuse(new SqlError(1043, "08S01", "Bad handshake: this listener offers no TLS"));
        }
    }

    private void identify(LoginRequest asked) {
        if (request != null) {
            refuse(new SqlError(1043, "08S01", "Bad handshake"));
            return;
        }
        request = asked;
        SqlError host = rules.hostRefused(address);
        if (host != null && rules.refresh(asked.user(), address) == null) {
            refuse(host);
            return;
        }
        account = rules.account(asked.user(), address);
        Authenticator authenticator = begin(account);
        if (authenticator == null) {
            return;
        }
        if (authenticator.plugin().equals(asked.plugin())) {
            respond(asked.authData());
        } else {
            port.send(protocol.switchTo(authenticator.plugin(), seed));
        }
    }

    /** Makes the machine for an account, or for none. */
    private @Nullable Authenticator begin(@Nullable Account found) {
        Authenticator authenticator = rules.authenticator(found == null ? null : found.plugin());
        if (authenticator == null) {
            refuse(new SqlError(
                    1524,
                    "HY000",
                    "Plugin '" + (found == null ? "mysql_native_password" : found.plugin()) + "' is not loaded"));
            return null;
        }
        plugin = authenticator.plugin();
        ClientAuthRequest told = new ClientAuthRequest(asked().user(), address, found, seed, encrypted);
        auth = proved(() -> authenticator.client(told));
        return authenticator;
    }

    private LoginRequest asked() {
        LoginRequest known = request;
        if (known == null) {
            throw new IllegalStateException("the client has not said who it is");
        }
        return known;
    }

    private void respond(byte[] data) {
        ClientAuth machine = auth;
        if (machine == null) {
            refuse(new SqlError(1043, "08S01", "Bad handshake"));
            return;
        }
        response = data;
        take(proved(() -> machine.onResponse(data.clone())));
    }

    /** Calls into the authenticator; what it throws refuses the client as a wrong proof does. */
    private <T> T proved(Supplier<T> call) {
        try {
            return Objects.requireNonNull(call.get(), "nothing returned");
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            if (e instanceof ProtocolException) {
                throw e;
            }
            LOG.atWarn()
                    .setCause(LOG.isDebugEnabled() ? e : null)
                    .log("authenticator '{}' failed, '{}'@'{}' is refused: {}", plugin, user(), address, e.toString());
            throw new ProtocolException(rules.denied(user(), address, response.length > 0));
        }
    }

    private void take(AuthStep step) {
        if (++steps > MAX_STEPS) {
            refuse(new SqlError(1043, "08S01", "Bad handshake: too many authentication steps"));
        } else if (step instanceof AuthStep.Challenge challenge) {
            port.send(protocol.moreData(challenge.data()));
        } else if (step instanceof AuthStep.NeedAccounts) {
            refresh(null);
        } else if (step instanceof AuthStep.InBackground background) {
            waiting = true;
            port.background(background.task(), (next, failure) -> resumed(next, failure));
        } else if (step instanceof AuthStep.Accept accept) {
            accept(accept);
        } else if (step instanceof AuthStep.Reject reject) {
            LOG.debug("login of '{}'@'{}' rejected: {}", user(), address, reject.reason());
            deny();
        } else if (step instanceof AuthStep.RejectWith reject) {
            refuse(reject.error());
        }
    }

    private void resumed(@Nullable AuthStep next, @Nullable Throwable failure) {
        waiting = false;
        if (done) {
            if (next instanceof AuthStep.Accept late) {
                late.credential().destroy();
            }
            return;
        }
        if (next == null) {
            LOG.warn(
                    "authenticator '{}' failed in the background, '{}'@'{}' is refused: {}",
                    plugin,
                    user(),
                    address,
                    String.valueOf(failure));
            deny();
            return;
        }
        guarded(() -> take(next));
    }

    /** Reads the accounts anew, once a login, and begins again; where that is not to be, the client gets the error, or by default 1045. */
    private void refresh(@Nullable SqlError otherwise) {
        var reload = refreshed ? null : rules.refresh(user(), address);
        boolean first = !refreshed;
        refreshed = true;
        if (reload == null) {
            if (first && otherwise == null && !Objects.equals(account, rules.account(user(), address))) {
                // Another login's look at the servers has ended meanwhile.
                again();
            } else if (otherwise != null) {
                refuse(otherwise);
            } else {
                deny();
            }
            return;
        }
        waiting = true;
        reload.whenComplete((loaded, failure) -> port.execute(() -> {
            waiting = false;
            if (!done) {
                guarded(this::again);
            }
        }));
    }

    private void again() {
        SqlError host = rules.hostRefused(address);
        if (host != null) {
            refuse(host);
            return;
        }
        account = rules.account(user(), address);
        if (begin(account) != null) {
            respond(response);
        }
    }

    private void accept(AuthStep.Accept accept) {
        Account admitted = account;
        LoginRequest asked = asked();
        if (admitted == null) {
            accept.credential().destroy();
            deny();
            return;
        }
        SqlError refusal = refusal(admitted, asked);
        if (refusal != null) {
            accept.credential().destroy();
            refresh(refusal);
            return;
        }
        done = true;
        port.accepted(new Identity(asked, HeldCredential.of(accept.credential())));
    }

    private @Nullable SqlError refusal(Account admitted, LoginRequest asked) {
        SqlError barred = rules.accountRefused(admitted, asked, address, encrypted);
        String database = asked.database();
        return barred != null || database == null || database.isEmpty()
                ? barred
                : rules.databaseRefused(admitted, database, address);
    }

    private void deny() {
        refuse(rules.denied(user(), address, response.length > 0));
    }

    private void refuse(SqlError error) {
        if (!done) {
            done = true;
            port.refused(error);
        }
    }
}
