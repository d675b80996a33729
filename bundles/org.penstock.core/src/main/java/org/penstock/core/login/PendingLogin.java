package org.penstock.core.login;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.CheckedBy;
import org.penstock.api.auth.Client;
import org.penstock.api.command.Payload;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.LoginStep;
import org.penstock.core.account.AccountChecks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client from its first byte to its acceptance: runs the protocol's machine and the client's {@link Proof}, and checks the database.
 *
 * <pre>
 *   PROTOCOL --identified--> PROOF --accepted--> DONE
 *                            |   ^
 *                    accounts are read anew
 * </pre>
 *
 * After a refusal the only next state is closed: nothing that arrives is looked at.
 */
public final class PendingLogin {
    private static final Logger LOG = LoggerFactory.getLogger(PendingLogin.class);

    /** In the words of the servers' {@code require_secure_transport}. */
    private static final SqlError TLS_REQUIRED = new SqlError(
            3159, "08004", "Connections using insecure transport are prohibited while --require_secure_transport=ON.");

    private final LoginPort port;
    private final ClientLogin protocol;
    private final LoginRules rules;
    private Client client;
    private final byte[] seed;
    private @Nullable LoginRequest request;
    private @Nullable Proof proof;
    private AuthStep.@Nullable Accept held;
    private CheckedBy checkedBy = CheckedBy.NOBODY;

    /** What a client whose proof was wrong is refused with unless new accounts help. */
    private @Nullable SqlError wrong;

    private boolean refreshed;
    private boolean waiting;
    private boolean done;

    /**
     * @param client where the client is
     * @param seed what it was greeted with
     */
    public PendingLogin(LoginPort port, ClientLogin protocol, LoginRules rules, Client client, byte[] seed) {
        this.port = port;
        this.protocol = protocol;
        this.rules = rules;
        this.client = client;
        this.seed = seed.clone();
    }

    /** The client is elsewhere than its connection comes from; before it has said who it is. */
    public void moved(Client elsewhere) {
        if (request == null) {
            client = elsewhere;
        }
    }

    public void begin() {
        // The address of a balancer says nothing of its clients.
        if (port.mayMove() || !blocked()) {
            guarded(() -> step(protocol.begin()));
        }
    }

    public void packet(Payload payload) {
        if (done) {
            return;
        }
        Proof begun = proof;
        if (waiting || (begun != null && begun.waiting())) {
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

    /** What the client's plugin can prove a certificate with, once the client is accepted; null when it cannot. */
    public byte @Nullable [] certificateProofKey() {
        Proof made = proof;
        return made == null ? null : made.certificateProofKey();
    }

    /** Nothing more happens here. */
    public void close() {
        SqlError unsaid = done ? null : wrong;
        done = true;
        if (unsaid != null) {
            rules.ended(user(), client.address(), unsaid);
        }
        AuthStep.Accept unused = held;
        held = null;
        if (unused != null) {
            unused.credential().destroy();
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (ProtocolException e) {
            refuse(e.error());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            LOG.atWarn()
                    .setCause(LOG.isDebugEnabled() ? e : null)
                    .log("login from {} failed: {}", client.address(), e.toString());
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
        } else if (step instanceof LoginStep.StartTls) {
            port.startTls();
        }
    }

    /** The connection is encrypted from now on. */
    public void secured() {
        client = client.secured();
    }

    private void identify(LoginRequest asked) {
        if (request != null) {
            refuse(new SqlError(1043, "08S01", "Bad handshake"));
            return;
        }
        request = asked;
        if (blocked()) {
            return;
        }
        if (!client.encrypted() && port.tlsRequired()) {
            refuse(TLS_REQUIRED);
            return;
        }
        named(() -> prove(asked));
    }

    /** Goes on once the name of the client's address is known, where an account may depend on it. */
    private void named(Runnable next) {
        CompletionStage<?> name = rules.withoutAccounts() == null ? rules.named(user(), client.address()) : null;
        if (name == null) {
            next.run();
            return;
        }
        waiting = true;
        name.whenComplete((known, failure) -> port.execute(() -> {
            waiting = false;
            if (!done) {
                guarded(next);
            }
        }));
    }

    private void prove(LoginRequest asked) {
        SqlError host = hostRefused();
        if (host != null && rules.refresh(asked.user(), client.address()) == null) {
            refuse(host);
            return;
        }
        Proof begun = new Proof(new Proof.Context(port, protocol, rules, new Proved()), asked, client, seed);
        proof = begun;
        begun.begin();
    }

    /** Refuses a client whose address is blocked: before it is greeted, and when others from there were refused meanwhile. */
    private boolean blocked() {
        SqlError blocked = rules.blocked(client.address());
        if (blocked != null) {
            refuse(blocked);
        }
        return blocked != null;
    }

    private @Nullable SqlError hostRefused() {
        return rules.withoutAccounts() == null ? rules.hostRefused(client.address()) : null;
    }

    private void respond(byte[] data) {
        Proof begun = proof;
        if (begun == null) {
            refuse(new SqlError(1043, "08S01", "Bad handshake"));
        } else if (!blocked()) {
            begun.respond(data);
        }
    }

    private void failed(Proof tried) {
        Account account = tried.account();
        if (!refreshed && account != null) {
            rules.mismatched(account, client.address());
        }
        SqlError denied = rules.denied(user(), client.address(), tried.usingPassword());
        wrong = denied;
        refresh(denied, tried.isOutdated(), tried::reloaded);
    }

    /**
     * Reads the accounts anew, once a login, and looks again; where that is not to be, the client gets the error.
     *
     * @param outdated whether another login's look at the servers has brought something new meanwhile
     */
    private void refresh(SqlError otherwise, boolean outdated, Runnable again) {
        CompletionStage<?> reload = refreshed ? null : rules.refresh(user(), client.address());
        boolean first = !refreshed;
        refreshed = true;
        if (reload == null) {
            if (first && outdated) {
                again.run();
            } else {
                refuse(otherwise);
            }
            return;
        }
        waiting = true;
        reload.whenComplete((loaded, failure) -> port.execute(() -> {
            waiting = false;
            if (!done) {
                guarded(() -> named(() -> again(again)));
            }
        }));
    }

    private void again(Runnable again) {
        SqlError host = hostRefused();
        if (host != null) {
            refuse(host);
        } else {
            again.run();
        }
    }

    /** The client is who it says: what it asks for is looked at, once more with new accounts where they may allow it. */
    private void proved(@Nullable Account account) {
        SqlError refusal = account == null ? null : refusal(account);
        if (account == null || refusal == null) {
            admit(account);
            return;
        }
        refresh(refusal, false, () -> {
            Account fresh = rules.account(user(), client.address());
            if (fresh == null || !fresh.methods().equals(account.methods())) {
                refuse(rules.denied(user(), client.address(), true));
            } else {
                proved(fresh);
            }
        });
    }

    private @Nullable SqlError refusal(Account account) {
        LoginRequest asked = asked();
        SqlError barred = rules.accountRefused(account, asked, client, port.tlsPeer());
        if (barred == null && seenAsAnother(account)) {
            barred = AccountChecks.mappedRefusal(account, asked);
        }
        String database = asked.database();
        return barred != null || database == null || database.isEmpty()
                ? barred
                : rules.databaseRefused(account, database, client.address());
    }

    private boolean seenAsAnother(Account account) {
        AuthStep.Accept accept = held;
        return accept != null && new Admission(rules, asked(), account).seenAsAnother(accept);
    }

    /** Lets the client in. */
    private void admit(@Nullable Account account) {
        AuthStep.Accept accept = held;
        if (accept == null) {
            return;
        }
        held = null;
        Identity identity = new Admission(rules, asked(), account).identity(accept, checkedBy);
        if (identity == null) {
            LOG.warn(
                    "'{}'@'{}' is refused: no server would see the password that is left to servers",
                    user(),
                    client.address());
            refuse(rules.denied(user(), client.address(), true));
            return;
        }
        done = true;
        if (identity.checkedBy() == CheckedBy.AUTHENTICATOR) {
            rules.ended(user(), client.address(), null);
        }
        port.accepted(identity);
    }

    private LoginRequest asked() {
        LoginRequest known = request;
        if (known == null) {
            throw new IllegalStateException("the client has not said who it is");
        }
        return known;
    }

    private void refuse(SqlError error) {
        if (!done) {
            wrong = null;
            close();
            rules.ended(user(), client.address(), error);
            port.refused(error);
        }
    }

    /** How the proof ends. */
    private final class Proved implements Proof.Outcome {
        @Override
        public void accepted(@Nullable Account account, AuthStep.Accept accept, CheckedBy by) {
            held = accept;
            checkedBy = by;
            wrong = null;
            proved(account);
        }

        @Override
        public void failed(Proof tried) {
            PendingLogin.this.failed(tried);
        }

        @Override
        public void refused(SqlError error) {
            refuse(error);
        }

        @Override
        public boolean resumed(Runnable task) {
            if (done) {
                return false;
            }
            guarded(task);
            return true;
        }
    }
}
