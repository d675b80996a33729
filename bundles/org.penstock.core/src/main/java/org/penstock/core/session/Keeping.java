package org.penstock.core.session;

import org.jspecify.annotations.Nullable;
import org.penstock.api.router.CoreServices;
import org.penstock.api.router.RouterSession;
import org.penstock.core.session.state.History;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.sql.SessionEffect;
import org.penstock.wire.CommandType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the core keeps for the session's router, as the part with which the session began asked for it, and the rooms that work on it. */
final class Keeping {
    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);
    private static final byte[] PING = {1, 0, 0, 0, (byte) CommandType.PING};

    private final SessionMachine machine;
    private final StatementIds ids;
    private final FanOut fanOut;
    private final Descriptions descriptions;
    private final Replay replay;
    private final Retry retry;
    private final DefaultDatabase database;
    private @Nullable CoreServices services;
    private @Nullable History history;
    private @Nullable Following following;
    private boolean replies;
    private boolean warned;

    Keeping(SessionMachine machine) {
        this.machine = machine;
        this.ids = new StatementIds(machine);
        this.fanOut = new FanOut(machine);
        this.descriptions = new Descriptions(machine);
        this.replay = new Replay(machine);
        this.retry = new Retry(machine);
        this.database = new DefaultDatabase(machine);
    }

    /** A router's part has taken its place; what the first one asks for is what the session has. */
    void entered(CoreServices asked) {
        replies = asked.replies();
        if (services != null) {
            return;
        }
        services = asked;
        if (asked.statements()) {
            ids.begin();
            following = new Following(machine);
        }
        if (asked.history() > 0) {
            history =
                    new History(asked.history(), asked.prunes(), machine.state().database());
        }
    }

    /**
     * Refuses a router's part that asks for more than the session was begun with.
     *
     * @throws IllegalStateException where it does
     */
    void require(Object part) {
        CoreServices begun = services;
        if (begun != null
                && part instanceof RouterSession router
                && !router.needs().within(begun)) {
            throw new IllegalStateException(
                    "it needs " + (begun.statements() ? "the history of session commands" : "statements to be followed")
                            + ", which was off when this session began");
        }
    }

    /** What the session has. */
    CoreServices services() {
        CoreServices begun = services;
        return begun == null ? CoreServices.NONE : begun;
    }

    /** Whether the router is told of replies. */
    boolean replies() {
        return replies;
    }

    /** The session commands so far, or null where none are kept. */
    @Nullable
    History history() {
        return history;
    }

    /** What is known of the session, or null where its statements are not followed. */
    @Nullable
    Following following() {
        return following;
    }

    /** Whether the next command can only be decided when the reply to the last one has ended. */
    boolean waits() {
        Following followed = following;
        return followed != null && followed.waits();
    }

    /** Whether a new connection can be brought to where the session stands. */
    boolean replayable() {
        History kept = history;
        Following followed = following;
        return kept != null && kept.whole() && followed != null && followed.movable();
    }

    StatementIds ids() {
        return ids;
    }

    Descriptions descriptions() {
        return descriptions;
    }

    FanOut fanOut() {
        return fanOut;
    }

    Replay replay() {
        return replay;
    }

    Retry retry() {
        return retry;
    }

    DefaultDatabase database() {
        return database;
    }

    /** The default database with which a server is logged in to. */
    @Nullable
    String firstDatabase() {
        History kept = history;
        return kept == null ? machine.state().database() : kept.base();
    }

    /** The state of the session at its servers was reset by the command with this number: statements are gone, and what was to be repeated. */
    void reset(long number) {
        ids.clear(number);
        Following followed = following;
        if (followed != null) {
            followed.reset();
        }
        History kept = history;
        if (kept != null) {
            kept.clear(machine.state().database());
            replay.restart(kept);
        }
    }

    /**
     * A command for all servers has succeeded: connections that are opened later get it, too.
     *
     * @param payload as it can be repeated
     * @param effect what its text, or that of the statement that it executes, sets and needs
     */
    void remember(Exchange exchange, byte[] payload, @Nullable PreparedStatement statement, SessionEffect effect) {
        History kept = history;
        if (kept == null || !kept.whole()) {
            return;
        }
        if (exchange.uses && exchange.database == null) {
            kept.broken();
        } else {
            kept.add(payload, statement, exchange.database, effect);
        }
        if (kept.full() && !warned) {
            warned = true;
            LOG.atWarn()
                    .addKeyValue("session", machine.state().id())
                    .addKeyValue("service", machine.state().service())
                    .log(
                            "more than {} commands that make the session's state{}: it gets no further server connection;"
                                    + " max_sescmd_history sets the limit",
                            kept.limit(),
                            kept.prunes() ? " are in force" : "");
        }
    }

    /** Asks a server for a sign of life, so that it does not close a connection that the session does not use at present. */
    void ping(Link link) {
        Exchange exchange = machine.exchanges().acquire(0, CommandType.PING);
        exchange.owner = Exchange.Owner.CORE;
        machine.replies().await(link, exchange);
        machine.port().toServer(link, new ArrayBytes(PING.clone()));
    }

    /** A server connection is gone. */
    void lost(Link link) {
        ids.lost(link);
        Following followed = following;
        if (followed != null) {
            followed.lost(link);
        }
    }

    void close() {
        retry.close();
    }
}
