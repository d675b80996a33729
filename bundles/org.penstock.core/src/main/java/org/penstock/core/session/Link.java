package org.penstock.core.session;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.penstock.api.server.ServerView;
import org.penstock.core.session.state.PreparedStatement;
import org.penstock.wire.reply.ReplyEvent;
import org.penstock.wire.reply.ReplyTracker;

/** One session's connection to one server, as the machine sees it: its state, the commands whose replies are outstanding, and where in a reply it stands. */
public final class Link {
    /** Where the connection stands. */
    public enum State {
        CONNECTING,
        /** Being brought to where the session stands. */
        REPLAYING,
        READY,
        CLOSED
    }

    private final ServerView server;
    private final ArrayDeque<Exchange> expected = new ArrayDeque<>(4);
    private final ReplyTracker tracker = new ReplyTracker();
    private State state = State.CONNECTING;
    private boolean blocked;
    private boolean spoiled;
    private @Nullable Object channel;
    private long threadId;
    private int deadly;

    private boolean leaving;
    private boolean doomed;

    /** Place in the history up to which commands were repeated. */
    long replayed;

    /** The default database there while commands are being repeated, or null for none. */
    @Nullable
    String database;

    /** Whether the session was reset while commands were being repeated. */
    boolean restart;

    /** Whether the next command may be repeated ahead of the reply to the last one. */
    boolean simple;

    /** The statement that was prepared here last. */
    @Nullable
    PreparedStatement lastPrepared;

    /** Start of a packet that was cut before it could be told what it is; at most a header and the tracker's prefix. */
    byte @Nullable [] carried;

    /** A packet that must be seen whole, with its header, and how much of it is here. */
    byte @Nullable [] gathered;

    int gatherFilled;

    /** Bytes of the current packet that are still to come. */
    int skip;

    /** Queries outstanding whose replies nobody waits for. */
    int silent;

    /** What the current packet is, to be acted on behind its last byte. */
    @Nullable
    ReplyEvent pending;

    /** Sequence number of the last packet of the current reply, or -1. */
    int lastSequence = -1;

    /** Whether the next packet continues the payload of the one before. */
    boolean continued;

    Link(ServerView server) {
        this.server = server;
    }

    public ServerView server() {
        return server;
    }

    public State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    /** What the port keeps with this link; the machine does not look at it. */
    public @Nullable Object channel() {
        return channel;
    }

    public void channel(@Nullable Object attached) {
        channel = attached;
    }

    /** The server's id of this connection, 0 where it is not known. */
    public long threadId() {
        return threadId;
    }

    public void threadId(long id) {
        threadId = id;
    }

    /** A KILL is on its way to this connection, of its statement or of all of it: no other session may get it any more. */
    public void aim(boolean query) {
        spoil();
        deadly += query ? 0 : 1;
    }

    /** A KILL of this connection was refused. */
    public void spared() {
        deadly = Math.max(0, deadly - 1);
    }

    /** Whether the loss of this connection is what a client asked for. */
    boolean killed() {
        return deadly > 0;
    }

    boolean ready() {
        return state == State.READY;
    }

    /** Whether the server is logged in to. */
    boolean open() {
        return state == State.READY || state == State.REPLAYING;
    }

    /** Whether it is given up behind what is in flight. */
    boolean leaving() {
        return leaving;
    }

    void leave() {
        leaving = true;
    }

    /** Whether it is given up for what its server answered. */
    boolean doomed() {
        return doomed;
    }

    void doom() {
        doomed = true;
        spoil();
    }

    /**
     * Whether a command may be sent: a query that went to all servers may ask for a local file, which is given as an empty one; what was sent before would
     * be taken for its content.
     */
    boolean takesCommands() {
        return ready() && silent == 0 && !doomed;
    }

    /** Whether the server does not take more bytes at present. */
    boolean blocked() {
        return blocked;
    }

    void blocked(boolean full) {
        blocked = full;
    }

    ReplyTracker tracker() {
        return tracker;
    }

    ArrayDeque<Exchange> expected() {
        return expected;
    }

    /** Whether no reply is outstanding. */
    public boolean idle() {
        return expected.isEmpty();
    }

    /** The connection is not to be used by another session: something was done to it that no reset undoes, or that still goes on. */
    public void spoil() {
        spoiled = true;
    }

    /** Whether another session may use the connection after a reset: no byte of a command or reply is outstanding, and nothing has spoiled it. */
    public boolean reusable() {
        boolean betweenPackets = skip == 0 && carried == null && gathered == null && pending == null && !continued;
        return !spoiled && betweenPackets && idle() && silent == 0;
    }

    @Override
    public String toString() {
        return server.name() + " " + state;
    }
}
