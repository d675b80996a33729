package org.penstock.core.net;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.session.Branch;
import org.penstock.core.login.Identity;
import org.penstock.core.plan.Plan;
import org.penstock.core.session.ArrayBytes;
import org.penstock.core.session.Bytes;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;

/** A session without a client: commands come from a module, replies are counted and dropped. */
final class NettyBranch implements Branch, ClientSide {
    /** Branches of branches that may hang on one client's session. */
    private static final int MAX_DEPTH = 4;

    private final Queue<Pending> pending = new ArrayDeque<>();
    private final Queue<byte[]> early = new ArrayDeque<>();
    private final @Nullable NettyBranch parent;
    private final String origin;
    private final Endpoints endpoints;
    private final String service;
    private @Nullable NettySession session;
    private boolean ready;
    private boolean over;
    private @Nullable SqlError failure;

    /** A command whose end a module waits for. */
    private record Pending(Consumer<Result> ended) {}

    private NettyBranch(NettySession from, String service) {
        this.parent = from.branchOf();
        this.endpoints = from.endpoints();
        this.origin = from.frontend().service().name();
        this.service = service;
    }

    static Branch open(NettySession from, String service) {
        Frontend target = from.frontend().other(service);
        if (target == null) {
            throw new ProtocolException(SqlError.general("service '" + service + "' does not exist"));
        }
        NettyBranch branch = new NettyBranch(from, service);
        if (branch.leadsBack()) {
            throw new ProtocolException(
                    SqlError.general("a branch into service '" + service + "' would lead back to it"));
        }
        Plan plan = target.plan();
        SqlError refused = plan == null ? SqlError.general("service '" + service + "' is not ready") : target.admit();
        if (refused != null) {
            throw new ProtocolException(refused);
        }
        NettySession made = branch.session(from, target);
        branch.session = made;
        made.begin();
        return branch;
    }

    /** The session of this branch; where there can be none, what was taken for it is given back. */
    private NettySession session(NettySession from, Frontend target) {
        Reactor reactor = from.reactor();
        long id = reactor.ids().take();
        try {
            Greeting greeting = target.greeting(id, new byte[20]);
            Identity identity = new Identity(
                    from.identity().request(),
                    from.identity().serverUser(),
                    from.identity().credential(),
                    from.identity().checkedBy());
            String address = from.machine().state().clientAddress();
            return new NettySession(
                    reactor, from.loop(), target, this, new NettySession.Start(identity, greeting, address));
        } catch (RuntimeException | LinkageError e) {
            reactor.ids().free(id);
            target.service().sessionClosed();
            throw e;
        }
    }

    private boolean leadsBack() {
        int depth = 0;
        for (NettyBranch at = this; at != null; at = at.parent) {
            if (at.origin.equals(service) || ++depth > MAX_DEPTH) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void send(byte[] command, Consumer<Result> ended) {
        boolean replies = command.length > 0 && CommandType.hasReply(command[0] & 0xFF);
        if (over || pending.size() >= MAX_IN_FLIGHT || early.size() >= MAX_IN_FLIGHT) {
            SqlError why = failure;
            ended.accept(
                    new Result(0, why == null ? SqlError.general("the branch into '" + service + "' is closed") : why));
            close();
            return;
        }
        if (replies) {
            pending.add(new Pending(ended));
        }
        if (ready) {
            deliver(command);
        } else {
            early.add(command);
        }
        if (!replies) {
            ended.accept(new Result(0, null));
        }
    }

    private void deliver(byte[] command) {
        NettySession target = session;
        if (target != null) {
            target.handle(() -> target.machine().clientData(new ArrayBytes(PacketWriter.frame(0, command))));
        }
    }

    @Override
    public boolean open() {
        return !over;
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            NettySession target = session;
            if (target != null) {
                target.machine().close();
            }
            SqlError why = failure == null ? SqlError.general("the branch into '" + service + "' is closed") : failure;
            for (Pending waiting = pending.poll(); waiting != null; waiting = pending.poll()) {
                waiting.ended().accept(new Result(0, why));
            }
        }
    }

    @Override
    public Endpoints endpoints() {
        return endpoints;
    }

    @Override
    public void write(Bytes bytes) {
        bytes.release();
    }

    @Override
    public void flush() {}

    @Override
    public void read(boolean on) {}

    @Override
    public void opened(NettySession opened) {
        ready = true;
        for (byte[] command = early.poll(); command != null; command = early.poll()) {
            deliver(command);
        }
    }

    @Override
    public void refused(NettySession refused, SqlError error) {
        failure = error;
    }

    @Override
    public void changeUser(NettySession changed, byte[] command) {
        changed.machine().end(SqlError.general("a branch cannot change its account"));
    }

    @Override
    public void replyEnded(long rows, int error) {
        Pending ended = pending.poll();
        if (ended != null) {
            ended.ended()
                    .accept(new Result(
                            rows, error == 0 ? null : SqlError.general("the server answered with error " + error)));
        }
    }
}
