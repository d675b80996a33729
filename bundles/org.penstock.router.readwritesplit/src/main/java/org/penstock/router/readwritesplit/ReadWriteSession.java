package org.penstock.router.readwritesplit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.CoreServices;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.ModuleState;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.Statement;
import org.penstock.api.statement.TransactionEffect;

/** The router's part in one session: asks the rooms where a command goes, and tells them what came of it. */
final class ReadWriteSession implements RouterSession {
    /** Bytes of a command that are read to classify it; a statement that is longer goes to the primary. */
    static final int HEAD_BYTES = 256 * 1024;

    private static final int STATE_VERSION = 1;

    /** Stands for the last command of the generation before. */
    private static final long BEFORE = -1;

    private static final int COM_BINLOG_DUMP = 0x12;
    private static final int COM_TABLE_DUMP = 0x13;
    private static final int COM_REGISTER_SLAVE = 0x15;
    private static final int COM_BINLOG_DUMP_GTID = 0x1e;

    private final RouterContext context;
    private final ReadWriteSplitSettings settings;
    private final Figures figures;
    private final Tally tally;
    private final Estimates estimates;
    private final LongSupplier clock;
    private final Targets targets;
    private final Losses losses;
    private final Primary primary;
    private final Replicas replicas;
    private final Standing standing = new Standing();
    private final Servers servers;
    private final Upkeep upkeep;
    private final Waiting waiting;
    private final Usage usage;
    private final Refusals refusals;
    private final Routes routes = new Routes();
    private long begun;
    /** Number of the last command; 0 before the first. */
    private long routed;

    private boolean handedOver;

    ReadWriteSession(RouterContext context, ReadWriteSplitSettings settings, Scores scores) {
        this.context = context;
        this.settings = settings;
        this.figures = scores.figures();
        this.tally = new Tally(figures);
        this.estimates = scores.estimates();
        this.clock = scores.clock();
        this.targets = new Targets(settings.targets());
        this.losses = new Losses(clock);
        this.usage = new Usage(figures);
        this.primary = new Primary(context, settings, losses, this::giveUp);
        this.replicas = new Replicas(context, settings, primary, losses, scores);
        this.servers = new Servers(context, settings, primary, replicas, standing, losses);
        this.upkeep = new Upkeep(context, settings, primary, replicas, standing);
        this.waiting = new Waiting(context);
        this.refusals = new Refusals(context, primary);
        this.begun = clock.getAsLong();
        context.connected().forEach(usage::add);
        if (!settings.links().lazy()) {
            primary.choose();
        }
    }

    @Override
    public CommandInterest interest() {
        return CommandInterest.head(HEAD_BYTES);
    }

    @Override
    public CoreServices needs() {
        return settings.core();
    }

    @Override
    public List<String> connectFirst() {
        if (settings.links().lazy()) {
            return List.of();
        }
        List<String> first = new ArrayList<>();
        String own = primary.name();
        if (own != null) {
            first.add(own);
        }
        first.addAll(replicas.first());
        first.forEach(usage::add);
        return first;
    }

    @Override
    public Route route(Command command, Holds holds) {
        switch (command.code()) {
            case COM_BINLOG_DUMP, COM_TABLE_DUMP, COM_REGISTER_SLAVE, COM_BINLOG_DUMP_GTID -> {
                return Errors.REPLICATION;
            }
            default -> {}
        }
        if (command.number() == routed) {
            tally.retried();
        }
        routed = command.number();
        Order order = order(command);
        Route refused = refusals.of(order);
        if (refused != null) {
            return refused;
        }
        Route route = attempt(order);
        return route != null ? route : unavailable(order, holds);
    }

    private Order order(Command command) {
        Statement statement = command.statement();
        Situation now = standing.observe(context, primary.name());
        if (now.equals(Situation.FREE) && upkeep.staleLeft()) {
            upkeep.giveUpStale(this::giveUp);
        }
        List<Hint> hints = command.hints();
        Target target = targets.of(statement, now);
        if (!hints.isEmpty()) {
            target = Targets.hinted(target, statement.placement(), hints);
        }
        Pin pin = target == Target.ALL ? Pin.NONE : targets.pin(statement);
        boolean retry = settings.retries().reads()
                && statement.placement() == Placement.ANY
                && !now.transaction().open()
                && !now.pinned();
        return Order.of(statement, target, hints, pin, retry);
    }

    /** A route for the command, or null when there is no server for it now. */
    private @Nullable Route attempt(Order order) {
        if (order.target() == Target.ALL) {
            String answering = order.binds() ? servers.beginning() : servers.answering();
            return answering == null ? null : toAll(answering);
        }
        String server = servers.of(order.target(), order.hints());
        if (order.target() == Target.PRIMARY_LEAVING_TRANSACTION && leaves(server)) {
            server = server == null ? servers.of(order.target(), order.hints()) : server;
        }
        if (server == null) {
            return null;
        }
        Route refused = refusals.of(order, server);
        if (refused != null) {
            return refused;
        }
        if (order.pin() != Pin.NONE && primary.is(server)) {
            context.pin(order.pin());
        }
        standing.sent(order, server);
        usage.add(server);
        tally.one(server, primary.is(server), order.read());
        if (order.begins()) {
            tally.transaction(order.effect() == TransactionEffect.BEGIN_READ_ONLY);
        }
        return routes.to(server, order.retry());
    }

    /** Gives up the server of a transaction that the command ends, which goes elsewhere, or to a primary that can only be connected without a transaction. */
    private boolean leaves(@Nullable String server) {
        String left = standing.transactionOn();
        if (left == null || left.equals(server) || (server == null && !primary.available())) {
            return false;
        }
        giveUp(left);
        standing.leave();
        return true;
    }

    private Route toAll(String answering) {
        standing.sentToAll();
        usage.add(answering);
        tally.all();
        for (ServerView server : context.servers()) {
            if (server.name().equals(answering) || context.connectedTo(server.name())) {
                figures.server(server.name(), false);
            }
        }
        return routes.toAll(answering);
    }

    private Route unavailable(Order order, Holds holds) {
        SqlError error = Errors.noServer(context.service(), order.target());
        boolean goesOn = settings.primary().failure() == FailureMode.ERROR_ON_WRITE && !holdsState(order.target());
        Route otherwise = goesOn ? Route.fail(Errors.refused(context.service(), order.target())) : Route.close(error);
        if (settings.retries().patience().isZero() || holdsState(order.target())) {
            return otherwise;
        }
        return waiting.hold(holds, settings.retries().patience(), otherwise, () -> attempt(order));
    }

    /** Whether no other server than the one that is missing can ever do. */
    private static boolean holdsState(Target target) {
        return target == Target.TRANSACTION || target == Target.PINNED;
    }

    @Override
    public OnLoss onConnectionLost(ServerView server, boolean waits) {
        String name = server.name();
        usage.drop(name);
        losses.lost(name);
        boolean transaction = context.transaction().open() && name.equals(standing.holder());
        if (transaction || (name.equals(context.pinnedTo()) && pinnedForGood())) {
            return OnLoss.close(Errors.stateLost(context.service(), name));
        }
        if (routed == 0 && context.connected().isEmpty()) {
            return OnLoss.CLOSE;
        }
        if (primary.is(name)) {
            return primaryLost(name, waits);
        }
        return waits ? OnLoss.close(Errors.replyLost(context.service(), name)) : OnLoss.GO_ON;
    }

    /** Whether the session stays for what no other server can get; transactions can be SERIALIZABLE anywhere. */
    private boolean pinnedForGood() {
        return context.pins().stream().anyMatch(reason -> reason != Pin.SERIALIZABLE);
    }

    private OnLoss primaryLost(String name, boolean waits) {
        return switch (settings.primary().failure()) {
            case FAIL_INSTANTLY -> OnLoss.close(Errors.primaryLost(context.service(), name));
            case FAIL_ON_WRITE -> waits ? OnLoss.close(Errors.replyLost(context.service(), name)) : OnLoss.GO_ON;
            case ERROR_ON_WRITE -> waits ? OnLoss.goOn(Errors.unknownOutcome(name)) : OnLoss.GO_ON;
        };
    }

    @Override
    public void onReply(ServerView server, long nanos, int error) {
        estimates.add(server.name(), nanos, clock.getAsLong());
    }

    @Override
    public void onServersChanged() {
        losses.clear();
        if (!upkeep.ended()) {
            upkeep.giveUpStale(this::giveUp);
            waiting.attempt();
        }
    }

    @Override
    public Map<String, Long> counts() {
        return tally.counts();
    }

    @Override
    public ModuleState exportState() {
        handedOver = true;
        Map<String, Object> values = standing.export(primary.name(), routed != 0, clock.getAsLong() - begun);
        tally.export(values);
        return new ModuleState(STATE_VERSION, values);
    }

    @Override
    public void importState(ModuleState state) {
        standing.take(state);
        tally.take(state);
        begun = clock.getAsLong() - Standing.ageIn(state);
        routed = Standing.routedIn(state) ? BEFORE : 0;
        upkeep.look();
        primary.keep(Standing.primaryIn(state));
    }

    @Override
    public void close() {
        usage.dropAll();
        if (!handedOver) {
            figures.sessionEnded(clock.getAsLong() - begun);
        }
    }

    private void giveUp(String server) {
        usage.drop(server);
        context.disconnect(server);
    }
}
