package org.penstock.core.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.penstock.api.error.SqlError;
import org.penstock.api.session.Branch;
import org.penstock.api.session.SessionContext;
import org.penstock.core.session.state.StatementReader;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.OkPacket;

/** Keeps what the machine wants done until the simulation does it, and checks that it is asked for nothing twice or too late. */
final class SimPort implements SessionPort {
    private final Simulation sim;
    final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    final ArrayDeque<Runnable> background = new ArrayDeque<>();
    final List<Timer> timers = new ArrayList<>();
    final List<Link> connecting = new ArrayList<>();
    final Map<Link, SimServer> servers = new LinkedHashMap<>();
    long now;
    private final StatementReader reader = new StatementReader();
    boolean reading;
    boolean opened;
    SqlError refused;
    boolean changing;
    int ended;
    boolean closed;

    SimPort(Simulation sim) {
        this.sim = sim;
    }

    /** A task for later; cancelled ones stay until their time. */
    static final class Timer {
        final long at;
        final Runnable task;
        boolean cancelled;

        Timer(long at, Runnable task) {
            this.at = at;
            this.task = task;
        }
    }

    private void requireOpen(String what) {
        if (closed) {
            throw new AssertionError(what + " after the client was closed");
        }
    }

    @Override
    public void toClient(Bytes bytes) {
        requireOpen("bytes");
        if (!opened) {
            throw new AssertionError("bytes before the session is open");
        }
        sim.client.receive(Ledger.take(bytes));
    }

    @Override
    public void toServer(Link link, Bytes bytes) {
        requireOpen("bytes");
        SimServer server = servers.get(link);
        if (server == null || server.lost || link.state() != Link.State.READY) {
            throw new AssertionError("bytes for a server that is not there: " + link);
        }
        server.receive(Ledger.take(bytes));
    }

    @Override
    public void readClient(boolean on) {
        reading = on;
    }

    @Override
    public void readServer(Link link, boolean on) {
        SimServer server = servers.get(link);
        if (server != null) {
            server.reading = on;
        }
    }

    @Override
    public void connect(Link link) {
        requireOpen("a connection");
        connecting.add(link);
    }

    @Override
    public void closeServer(Link link) {
        connecting.remove(link);
        SimServer server = servers.get(link);
        if (server != null) {
            server.lost = true;
        }
    }

    @Override
    public void closeClient() {
        requireOpen("closed again");
        closed = true;
    }

    @Override
    public void opened() {
        if (opened || refused != null) {
            throw new AssertionError("opened twice, or refused");
        }
        opened = true;
    }

    @Override
    public void refused(SqlError error) {
        if (opened || refused != null) {
            throw new AssertionError("refused behind its opening: " + error);
        }
        refused = error;
    }

    @Override
    public void changeUser(byte[] command) {
        requireOpen("a change of the user");
        changing = true;
        reading = false;
    }

    @Override
    public void cutChange(SqlError error) {
        requireOpen("the end of a change of the user");
        if (!changing) {
            throw new AssertionError("no change of the user is under way");
        }
        changing = false;
        sim.client.receive(PacketWriter.frame(1, SqlErrors.packet(error)));
    }

    void userChanged() {
        changing = false;
        sim.client.receive(
                PacketWriter.frame(1, OkPacket.of(77, 0, SimReply.AUTOCOMMIT, 0).encode(sim.capabilities)));
        sim.machine.userChanged(sim.login());
    }

    @Override
    public SessionContext.Timer after(Duration delay, Runnable task) {
        Timer timer = new Timer(now + delay.toMillis(), task);
        timers.add(timer);
        return () -> timer.cancelled = true;
    }

    /** The timer that is due next, or null. */
    Timer nextTimer() {
        timers.removeIf(timer -> timer.cancelled);
        Timer first = null;
        for (Timer timer : timers) {
            first = first == null || timer.at < first.at ? timer : first;
        }
        return first;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public <T> void background(Callable<T> task, SessionContext.Outcome<T> outcome) {
        background.add(() -> {
            try {
                outcome.done(task.call(), null);
            } catch (Exception e) {
                outcome.done(null, e);
            }
        });
    }

    @Override
    public void exchangeEnded(Link link, long rows, int error) {
        ended++;
    }

    @Override
    public Branch branch(String service) {
        throw new UnsupportedOperationException("no branches here");
    }

    @Override
    public StatementReader reader() {
        return reader;
    }
}
