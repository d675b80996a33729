package org.penstock.core.session;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.router.AnswerSource;
import org.penstock.api.statement.Hint;
import org.penstock.core.session.state.PreparedStatement;

/** A command with its replies while it is in flight. Reused: the session keeps ended ones. */
final class Exchange {
    /** Longest copy of a command whose memory stays with the session. */
    private static final int MAX_POOLED = 4096;

    private static final int INITIAL_BUFFER = 256;

    /** Who is waiting for the reply. */
    enum Owner {
        /** The client; its reply is forwarded. */
        CLIENT,
        /** Nobody: the reply of a server that is not the answering one of a fan-out. */
        NOBODY,
        /** A router's question; its reply is collected. */
        QUESTION,
        /** A new connection that is brought up to date. */
        REPLAY,
        /** The core, which keeps a connection alive or prepares a statement on it. */
        CORE
    }

    long number;
    int code;
    Owner owner = Owner.CLIENT;

    /** Sequence number that the client expects of the first reply packet. */
    int replySequence;

    /** Whether the reply's packets must be numbered anew. */
    boolean renumber;

    /** Where the reply comes from; null for a local answer. */
    @Nullable
    Link link;

    /** The reply made by a module, waiting for its turn. */
    @Nullable
    Answer local;

    /** Index of the slot that made the local answer; the slots before it see it. */
    int answeredBy;

    /** The reply pulled from a router. */
    @Nullable
    AnswerSource source;

    /** Whether the session ends behind this reply. */
    boolean closes;

    /** Whether the last byte of the command was read; a local answer waits for it. */
    boolean commandRead;

    /** Whether the command has no reply and is forgotten behind its last byte. */
    boolean released;

    /** Default database that the command sets when it succeeds, or null where there is none or its name is not known. */
    @Nullable
    String database;

    /** Whether the command sets the default database. */
    boolean uses;

    /** The session that the command kills something of, 0 for none. */
    long victim;

    /** What each slot of the chain wants of the reply, by index; null when none wants anything. */
    ReplyInterest @Nullable [] interests;

    /** Whether the command, when it succeeds, may have changed who may log in. */
    boolean changesAccounts;

    @Nullable
    Collected collected;

    long rows;
    long bytes;
    int error;
    int status;
    /** Whether the reply reported {@link #status}. */
    boolean statusSeen;

    int warnings;

    /** Whether packets must be shown to a filter one by one. */
    boolean inspected;

    /** Whether the rest of the reply is read but not forwarded. */
    boolean muted;

    /** Whether the client has got all of this reply, or all of another one in its place. */
    boolean given;

    /** Slot that put another answer in place of the reply: what comes to it from behind is dropped; -1 for none. */
    int insteadAt;

    /** Slot that dropped or replaced the first packet of a payload: the others are dropped there too; -1 for none. */
    int cutAt;

    /** Whether the client has got a packet whose payload goes on in the next. */
    boolean insidePayload;

    /** Framed replacement that is sent when the last byte of the command was read. */
    byte @Nullable [] late;

    @Nullable
    Link lateLink;

    /** The router's question that it is, or null. */
    @Nullable
    Questions question;

    /** The command as it is at all servers, or null for one that is at one. */
    FanOut.@Nullable Round round;

    /** The prepared statement that the command is about, where ids are mapped. */
    @Nullable
    PreparedStatement statement;

    /** Whether the statement's id in the command is written over with {@link #statementId}. */
    boolean patched;

    int statementId;

    /** Whether the first result of the reply needs not be looked at for its description any more. */
    boolean described = true;

    /** Definitions of the reply so far, and those of columns. */
    int definitions;

    @Nullable
    ByteArrayOutputStream columns;

    /** Whether the command was lost with its server and is being routed anew. */
    boolean again;

    /** How often it was. */
    int attempts;

    /** When it was sent, where the router is told of replies. */
    long sentNanos;

    /** What filters hinted at, for a command that is kept. */
    List<Hint> hints = List.of();

    /** Whether {@link #sent} is about this command. */
    boolean followed;

    private @Nullable Sent sent;

    private byte[] buffer = new byte[0];
    private int keptLength = -1;

    /** Sequence number of the next packet to the client; not kept where the reply is forwarded unseen. */
    int nextSequence;

    Exchange reset(long commandNumber, int commandCode) {
        number = commandNumber;
        code = commandCode;
        owner = Owner.CLIENT;
        replySequence = 1;
        renumber = false;
        link = null;
        local = null;
        answeredBy = 0;
        source = null;
        closes = false;
        commandRead = false;
        released = false;
        database = null;
        uses = false;
        changesAccounts = false;
        victim = 0;
        interests = null;
        collected = null;
        rows = 0;
        bytes = 0;
        error = 0;
        status = 0;
        statusSeen = false;
        followed = false;
        warnings = 0;
        inspected = false;
        muted = false;
        given = false;
        insteadAt = -1;
        cutAt = -1;
        insidePayload = false;
        late = null;
        lateLink = null;
        nextSequence = 1;
        question = null;
        round = null;
        statement = null;
        patched = false;
        statementId = 0;
        described = true;
        definitions = 0;
        columns = null;
        again = false;
        attempts = 0;
        sentNanos = 0;
        hints = List.of();
        keptLength = -1;
        if (buffer.length > MAX_POOLED) {
            buffer = new byte[0];
        }
        return this;
    }

    /** Whether a copy of the command is kept, to be sent anew. */
    boolean kept() {
        return keptLength >= 0;
    }

    /** Keeps a copy of the command. */
    void keep(Bytes bytes, int from, int length) {
        if (buffer.length < length) {
            buffer = new byte[Math.max(length, INITIAL_BUFFER)];
        }
        bytes.copy(from, buffer, 0, length);
        keptLength = length;
    }

    /** The copy of the command. */
    byte[] copy() {
        return Arrays.copyOf(buffer, keptLength);
    }

    /** What the session is known to have done with it; made when it is first asked for. */
    Sent sent() {
        Sent made = sent;
        if (made == null) {
            made = new Sent();
            sent = made;
        }
        return made;
    }

    void want(int slot, int slots, ReplyInterest interest) {
        if (interest.kind() == ReplyInterest.Kind.NONE) {
            return;
        }
        ReplyInterest[] wanted = interests;
        if (wanted == null) {
            wanted = new ReplyInterest[slots];
            Arrays.fill(wanted, ReplyInterest.NONE);
            interests = wanted;
        }
        wanted[slot] = interest;
        if (interest.kind() != ReplyInterest.Kind.END) {
            inspected = true;
        }
    }

    boolean isLocal() {
        return local != null || source != null;
    }
}
