package org.penstock.core.session;

import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.SessionContext;
import org.penstock.core.plan.Plan;
import org.penstock.wire.Charsets;
import org.penstock.wire.CommandType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session: takes events, keeps the rooms of the session together, and says through its {@link SessionPort} what is to be done.
 *
 * <pre>
 *   OPENING --all servers of connectFirst ready--> RUNNING --end--> ENDING --last reply--> CLOSED
 *      |                                              |
 *      +--failed--> CLOSED                            +--client or server gone--> CLOSED
 * </pre>
 *
 * Every method is called on the session's event loop. Nothing here blocks, and nothing throws: what goes wrong ends this session only.
 */
public final class SessionMachine {
    private static final Logger LOG = LoggerFactory.getLogger(SessionMachine.class);

    /** Most payload bytes of a COM_CHANGE_USER. */
    static final int MAX_CHANGE_USER = 64 * 1024;

    /** Where the session stands. */
    public enum Phase {
        OPENING,
        RUNNING,
        ENDING,
        CLOSED
    }

    private final SessionPort port;
    private final SessionState state;
    private final ServerList servers;
    private final CollectBudget budget;
    private final Links links = new Links(this);
    private final Chain chain = new Chain(this);
    private final Exchanges exchanges = new Exchanges(this);
    private final Decision decision = new Decision(this);
    private final CommandPath commands = new CommandPath(this);
    private final ReplyPath replies = new ReplyPath(this);
    private final Farewell farewell = new Farewell(this);
    private final ReplyEnds ends = new ReplyEnds(this);
    private final Moves moves = new Moves(this);
    private @Nullable Questions questions;
    private @Nullable Streams streams;
    private Phase phase = Phase.OPENING;
    private boolean reading = true;
    private boolean clientWritable = true;
    private boolean changingUser;
    private boolean settling;
    private boolean entered;

    /** The servers of the session's service, in configured order; read anew at each use. */
    @FunctionalInterface
    public interface ServerList {
        List<ServerView> get();
    }

    public SessionMachine(SessionPort port, SessionState state, ServerList servers, CollectBudget budget) {
        this.port = port;
        this.state = state;
        this.servers = servers;
        this.budget = budget;
    }

    // -- events

    /** Enters its first plan; answered by {@link SessionPort#opened} or {@link SessionPort#refused}. */
    public void open(Plan plan) {
        guarded(() -> moves.publish(plan));
    }

    /** Bytes from the client; the machine owns them. */
    public void clientData(Bytes bytes) {
        if (phase == Phase.CLOSED) {
            bytes.release();
            return;
        }
        try {
            commands.receive(bytes);
            settle();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Bytes from a server; the machine owns them. */
    public void serverData(Link link, Bytes bytes) {
        if (phase == Phase.CLOSED || !link.ready()) {
            bytes.release();
            return;
        }
        try {
            replies.receive(link, bytes);
            settle();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    public void clientClosed() {
        close();
    }

    /** A link's connection is open and logged in. */
    public void serverReady(Link link, int serverStatus) {
        if (phase == Phase.CLOSED || link.state() == Link.State.CLOSED) {
            return;
        }
        guarded(() -> {
            link.state(Link.State.READY);
            state.serverStatus(serverStatus);
            if (!clientWritable) {
                port.readServer(link, false);
            }
            if (phase == Phase.OPENING && entered && links.allReady()) {
                opened();
            }
            settle();
        });
    }

    /** A link's connection was lost, or could not be opened. */
    public void serverLost(Link link, SqlError why) {
        if (phase == Phase.CLOSED || link.state() == Link.State.CLOSED) {
            return;
        }
        guarded(() -> farewell.serverLost(link, why));
    }

    /** Whether the client takes more bytes. */
    public void clientWritable(boolean writable) {
        if (clientWritable == writable || phase == Phase.CLOSED) {
            return;
        }
        clientWritable = writable;
        guarded(() -> {
            for (Link link : links.all()) {
                port.readServer(link, writable);
            }
            Streams pulled = streams;
            if (writable && pulled != null) {
                pulled.goOn();
            }
        });
    }

    /** Whether a server takes more bytes. */
    public void serverWritable(Link link, boolean writable) {
        link.blocked(!writable);
        if (phase != Phase.CLOSED) {
            steerClientReads();
        }
    }

    /** The service has another plan. */
    public void planPublished(Plan plan) {
        if (phase != Phase.CLOSED) {
            guarded(() -> moves.publish(plan));
        }
    }

    /** The status of one of the service's servers changed. */
    public void serversChanged() {
        if (phase == Phase.RUNNING && chain.missing() == null) {
            RouterSession router = chain.router().serving();
            call(chain.router().label(), router::onServersChanged);
        }
    }

    /** The client authenticated anew; its server connections follow the new account already. */
    public void userChanged(SessionState.Login login) {
        if (phase == Phase.CLOSED) {
            return;
        }
        handle(() -> {
            changingUser = false;
            state.changed(login);
            Plan plan = chain.plan();
            if (plan != null) {
                chain.reopen(plan);
            }
        });
    }

    /** Ends the session in order: behind the replies in flight, with an error for the client's next command. */
    public void end(SqlError error) {
        if (phase != Phase.CLOSED) {
            guarded(() -> farewell.end(error));
        }
    }

    /** Closes everything at once. */
    public void close() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        moves.close();
        decision.close();
        commands.close();
        exchanges.close();
        chain.close();
        links.close();
        port.closeClient();
    }

    // -- what others look at

    public SessionState state() {
        return state;
    }

    public Phase phase() {
        return phase;
    }

    /** Commands of the client so far. */
    public long commandCount() {
        return decision.commands();
    }

    /** Whether the session waits for its client: nothing is in flight, undecided or waiting. */
    public boolean idle() {
        return phase == Phase.RUNNING && exchanges.isEmpty() && !decision.pending() && !changingUser;
    }

    /** What the session waits for, or null. */
    public @Nullable String waitingFor() {
        return moves.waitingFor();
    }

    public List<Link> connections() {
        return List.copyOf(links.all());
    }

    /** The plan that the session is on, or null before its first. */
    public @Nullable Plan plan() {
        return chain.plan();
    }

    /** The generations that this session has parts of, filters in order, then the router. */
    public List<String> modules() {
        return chain.describe();
    }

    /** An operator ends the session. */
    public void killed() {
        farewell.abort(new SqlError(1927, "70100", "Connection was killed"));
    }

    /** Whether a slot stayed on an older generation than the plan's. */
    public boolean keptBehind() {
        return chain.kept() > 0;
    }

    // -- for the rooms

    SessionPort port() {
        return port;
    }

    List<ServerView> servers() {
        return servers.get();
    }

    CollectBudget budget() {
        return budget;
    }

    Links links() {
        return links;
    }

    Chain chain() {
        return chain;
    }

    Exchanges exchanges() {
        return exchanges;
    }

    Decision decision() {
        return decision;
    }

    CommandPath commands() {
        return commands;
    }

    ReplyPath replies() {
        return replies;
    }

    ReplyEnds ends() {
        return ends;
    }

    Farewell farewell() {
        return farewell;
    }

    Moves moves() {
        return moves;
    }

    Questions questions() {
        Questions made = questions;
        if (made == null) {
            made = new Questions(this);
            questions = made;
        }
        return made;
    }

    Streams streams() {
        Streams made = streams;
        if (made == null) {
            made = new Streams(this);
            streams = made;
        }
        return made;
    }

    Charset charset() {
        return Charsets.of(state.charset());
    }

    boolean clientWritable() {
        return clientWritable;
    }

    /** Whether events still lead to something. */
    boolean running() {
        return phase == Phase.RUNNING || phase == Phase.ENDING;
    }

    /** Whether the client's next command may be looked at. */
    boolean admits() {
        return phase == Phase.RUNNING
                && !changingUser
                && !decision.pending()
                && !moves.gateClosed()
                && !exchanges.full();
    }

    /** Payload bytes that must be at hand before a command with this command byte is decided. */
    int need(int code, int length) {
        return switch (code) {
            case CommandType.CHANGE_USER -> MAX_CHANGE_USER;
            // short ones as a whole: they may change the default database
            case CommandType.QUERY, CommandType.INIT_DB -> length <= DefaultDatabase.MAX_LENGTH ? length : chain.need();
            default -> chain.need();
        };
    }

    void phase(Phase next) {
        phase = next;
    }

    /** The chain is complete for the first time: connects what the router wants first, then confirms the login. */
    void entered() {
        if (phase != Phase.OPENING) {
            return;
        }
        RouterSession router = chain.router().serving();
        List<String> first = ModuleFailure.guard(chain.router().label(), router::connectFirst);
        for (String server : first) {
            links.to(server);
        }
        entered = true;
        if (phase == Phase.OPENING && links.allReady()) {
            opened();
        }
    }

    private void opened() {
        phase = Phase.RUNNING;
        port.opened();
    }

    /** Goes on with whatever a change of state may have set free. */
    void settle() {
        if (settling || phase == Phase.CLOSED) {
            return;
        }
        settling = true;
        try {
            do {
                decision.retry();
                if (questions != null) {
                    questions.retry();
                }
                moves.tryMove();
                farewell.settle();
                if (running()) {
                    commands.pump();
                }
            } while (moves.due() || farewell.due());
        } finally {
            settling = false;
        }
    }

    void steerClientReads() {
        if (changingUser) {
            return;
        }
        boolean read = running() && !commands.hasInput() && !links.anyBlocked();
        if (read != reading) {
            reading = read;
            port.readClient(read);
        }
    }

    /** The client asked to log in anew. */
    void changeUser(byte[] payload) {
        changingUser = true;
        if (!reading) {
            reading = true;
            port.readClient(true);
        }
        port.changeUser(payload);
    }

    /** The client said goodbye. */
    void quit() {
        if (exchanges.streaming()) {
            close();
        } else {
            farewell.end(null);
        }
    }

    void beginLocalData(Link link, Exchange exchange) {
        if (exchanges.size() > 1 || decision.pending() || !commands.betweenCommands()) {
            farewell.abort(new SqlError(
                    1156,
                    "08S01",
                    "Got packets out of order: a local file was asked for while commands were pipelined"));
            return;
        }
        commands.beginLocalData(link, exchange);
    }

    /** A server is gone that may have been asked something. */
    void lostQuestion(Link link, SqlError why) {
        if (questions != null) {
            questions.lost(link, why);
        }
    }

    void taskStarted() {
        moves.taskStarted();
    }

    void taskRefused() {
        moves.taskEnded();
    }

    void taskEnded(String label, @Nullable Runnable outcome) {
        moves.taskEnded();
        if (phase == Phase.CLOSED) {
            return;
        }
        if (outcome != null) {
            call(label, outcome);
        }
        if (phase != Phase.CLOSED) {
            guarded(this::settle);
        }
    }

    /** Does something that a module decided, then goes on with whatever it set free. */
    void handle(Runnable event) {
        guarded(() -> {
            event.run();
            settle();
        });
    }

    /** Calls into a module outside of a command. */
    void call(String label, Runnable task) {
        try {
            ModuleFailure.run(label, task);
        } catch (ModuleFailure e) {
            failed(e);
        }
    }

    private void guarded(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException failure) {
        if (failure instanceof ModuleFailure module) {
            LOG.atWarn()
                    .addKeyValue("session", state.id())
                    .addKeyValue("service", state.service())
                    .setCause(LOG.isDebugEnabled() ? module.getCause() : null)
                    .log("{}: {}; the session ends", module.getMessage(), String.valueOf(module.getCause()));
            farewell.abort(module.error());
        } else if (failure instanceof ProtocolException known) {
            farewell.abort(known.error());
        } else {
            LOG.atError().addKeyValue("session", state.id()).setCause(failure).log("internal error; the session ends");
            farewell.abort(SqlError.general("internal error"));
        }
    }

    void log(String message) {
        LOG.atWarn().addKeyValue("session", state.id()).log(message);
    }

    SessionContext.Timer after(java.time.Duration delay, Runnable task) {
        return port.after(delay, () -> {
            if (phase != Phase.CLOSED) {
                guarded(task);
            }
        });
    }
}
