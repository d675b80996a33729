package org.penstock.core.session;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.SessionContext;
import org.penstock.core.plan.Plan;
import org.penstock.wire.Charsets;

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
    private final Keeping keeping = new Keeping(this);
    private final Links links = new Links(this);
    private final Chain chain = new Chain(this);
    private final Exchanges exchanges = new Exchanges(this);
    private final Decision decision = new Decision(this);
    private final CommandPath commands = new CommandPath(this);
    private final ReplyPath replies = new ReplyPath(this);
    private final Farewell farewell = new Farewell(this);
    private final ReplyEnds ends = new ReplyEnds(this);
    private final Moves moves = new Moves(this);
    private final Opening opening = new Opening(this);
    private final AccountChange account = new AccountChange(this);
    private final Flow flow = new Flow(this);
    private final Guard guard = new Guard(this);
    private final Standing standing = new Standing(this);
    private final Statements statements;
    private @Nullable Streams streams;
    private Phase phase = Phase.OPENING;
    private boolean settling;

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
        this.statements = new Statements(this);
    }

    // -- events

    /** Enters its first plan; answered by {@link SessionPort#opened} or {@link SessionPort#refused}. */
    public void open(Plan plan) {
        guard.run(() -> moves.publish(plan));
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
            guard.failed(e);
        }
    }

    /** Bytes from a server; the machine owns them. */
    public void serverData(Link link, Bytes bytes) {
        if (phase == Phase.CLOSED || !link.open() || link.doomed()) {
            bytes.release();
            return;
        }
        try {
            replies.receive(link, bytes);
            settle();
        } catch (RuntimeException e) {
            guard.failed(e);
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
        guard.run(() -> {
            if (phase == Phase.OPENING || account.changing() || links.all().size() == 1) {
                state.serverStatus(serverStatus);
            }
            statements.connected();
            keeping.replay().begin(link);
            settle();
        });
    }

    /** A link's connection was lost, or could not be opened. */
    public void serverLost(Link link, SqlError why) {
        if (phase == Phase.CLOSED || link.state() == Link.State.CLOSED) {
            return;
        }
        guard.run(() -> {
            if (!account.serverLost(link, why)) {
                farewell.serverLost(link, why);
            }
        });
    }

    /** Whether the client takes more bytes. */
    public void clientWritable(boolean writable) {
        if (flow.clientWritable() == writable || phase == Phase.CLOSED) {
            return;
        }
        guard.run(() -> {
            flow.clientWritable(writable);
            Streams pulled = streams;
            if (writable && pulled != null) {
                pulled.goOn();
            }
            if (writable) {
                settle();
            }
        });
    }

    /** Pings a server if nothing is in flight there. */
    public void ping(Link link) {
        boolean quiet = phase == Phase.RUNNING && !account.changing() && link.takesCommands() && link.idle();
        if (quiet && !link.leaving() && !awaits(link)) {
            guard.run(() -> keeping.ping(link));
        }
    }

    /** Whether a server takes more bytes. */
    public void serverWritable(Link link, boolean writable) {
        if (link.blocked() == writable) {
            link.blocked(!writable);
            if (phase != Phase.CLOSED) {
                flow.steer();
            }
        }
    }

    /** The service has another plan. */
    public void planPublished(Plan plan) {
        if (phase != Phase.CLOSED) {
            guard.run(() -> moves.publish(plan));
        }
    }

    /** The status of one of the service's servers changed. */
    public void serversChanged() {
        if (phase == Phase.RUNNING && chain.missing() == null) {
            guard.run(links::giveUpSilent);
        }
        if (phase == Phase.RUNNING && chain.missing() == null) {
            RouterSession router = chain.router().serving();
            guard.call(chain.router().label(), router::onServersChanged);
        }
    }

    /** The client authenticated anew; its server connections follow the new account already. */
    public void userChanged(SessionState.Login login) {
        if (phase == Phase.CLOSED) {
            return;
        }
        guard.handle(() -> account.changed(login));
    }

    /** The client was refused another account and has been told. */
    public void userRefused() {
        if (phase != Phase.CLOSED) {
            guard.handle(account::refused);
        }
    }

    /** Ends the session in order: behind the replies in flight, with an error for the client's next command. */
    public void end(SqlError error) {
        if (phase != Phase.CLOSED) {
            guard.run(() -> farewell.end(error));
        }
    }

    /** Closes everything at once. */
    public void close() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        guard.each(List.of(
                moves::close,
                decision::close,
                keeping::close,
                commands::close,
                exchanges::close,
                chain::close,
                links::close,
                port::closeClient));
    }

    // -- what others look at

    public SessionState state() {
        return state;
    }

    /** The default database with which a server is logged in to. */
    public @Nullable String database() {
        return keeping.firstDatabase();
    }

    public Phase phase() {
        return phase;
    }

    /** What others may know of the session. */
    public Standing standing() {
        return standing;
    }

    /** The servers' ends of the session. */
    public List<Link> connections() {
        return links.snapshot();
    }

    /** A KILL, or an operator, ends the session. */
    public void killed() {
        farewell.abort(new SqlError(1927, "70100", "Connection was killed"));
    }

    public AccountChange account() {
        return account;
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

    /** What the core keeps for the router. */
    Keeping keeping() {
        return keeping;
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

    Statements statements() {
        return statements;
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

    Opening opening() {
        return opening;
    }

    Flow flow() {
        return flow;
    }

    Guard guard() {
        return guard;
    }

    /** Whether events still lead to something. */
    boolean running() {
        return phase == Phase.RUNNING || phase == Phase.ENDING;
    }

    /** Whether what servers say is followed. */
    boolean follows() {
        return phase != Phase.CLOSED;
    }

    /** Whether the client's next command may be looked at. */
    boolean admits() {
        return phase == Phase.RUNNING
                && !account.changing()
                && !decision.pending()
                && !keeping.retry().pending()
                && !keeping.waits()
                && !moves.gateClosed()
                && flow.clientWritable()
                && !exchanges.full();
    }

    /** Whether something is still to be sent to that server, or is being sent. */
    boolean awaits(Link link) {
        return decision.awaits(link) || keeping.retry().awaits(link) || commands.sendsTo(link);
    }

    void phase(Phase next) {
        phase = next;
    }

    /** Goes on with whatever a change of state may have set free. */
    void settle() {
        if (settling || phase == Phase.CLOSED) {
            return;
        }
        settling = true;
        try {
            do {
                links.settle();
                keeping.replay().settle();
                keeping.retry().go();
                decision.retry();
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

    /** The client said goodbye. */
    void quit() {
        if (exchanges.streaming() || exchanges.dumping() != null) {
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
        if (exchange.renumber) {
            farewell.abort(
                    new SqlError(
                            1156,
                            "08S01",
                            "Got packets out of order: a local file was asked for behind results of which a filter dropped rows"));
            return;
        }
        commands.beginLocalData(link, exchange);
    }

    SessionContext.Timer after(Duration delay, Runnable task) {
        return port.after(delay, () -> {
            if (phase != Phase.CLOSED) {
                guard.run(task);
            }
        });
    }
}
