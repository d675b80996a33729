package org.penstock.core.session.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.sql.SessionEffect;

/** One binary prepared statement of a session: the client's id, and what each server connection calls it. */
public final class PreparedStatement {
    /** What one server connection has of a statement. */
    public static final class Copy {
        private final Object holder;
        private int serverId;
        private boolean known;
        private int types;
        private byte @Nullable [] description;

        private Copy(Object holder) {
            this.holder = holder;
        }

        /** Whether the server has answered; before, it may be meant as the last prepared one only. */
        public boolean known() {
            return known;
        }

        public int serverId() {
            return serverId;
        }
    }

    private final int id;
    private final long number;
    private final byte[] payload;
    private final List<Copy> copies = new ArrayList<>(2);
    private int parameters;
    private boolean answered;
    private boolean closed;
    private byte @Nullable [] types;
    private int typesVersion;
    private byte @Nullable [] directHead;
    private @Nullable Object directAt;
    private byte @Nullable [] given;
    private @Nullable Object boundTo;
    private @Nullable StatementClass kind;
    private @Nullable String database;
    private SessionEffect effect = SessionEffect.UNKNOWN;
    private boolean longData;
    private boolean cursor;

    PreparedStatement(int id, long number, byte[] payload) {
        this.id = id;
        this.number = number;
        this.payload = payload;
    }

    /** The id that the client knows. */
    public int id() {
        return id;
    }

    /** Number of the command that prepared it. */
    public long number() {
        return number;
    }

    /** The COM_STMT_PREPARE with its command byte; empty when it was too long to be kept. */
    public byte[] payload() {
        return payload;
    }

    /** What executing it is, or null where that is not known. */
    public @Nullable StatementClass kind() {
        return kind;
    }

    /** The default database when it was prepared, under which its names are read. */
    public @Nullable String database() {
        return database;
    }

    /** What executing it is, and under which default database it is prepared. */
    public void kind(@Nullable StatementClass is, @Nullable String under) {
        kind = is;
        database = under;
    }

    /** What executing it sets in its session, as far as that was asked. */
    public SessionEffect effect() {
        return effect;
    }

    public void effect(SessionEffect does) {
        effect = does;
    }

    public int parameters() {
        return parameters;
    }

    /** Whether the server whose reply counts has confirmed it. */
    public boolean answered() {
        return answered;
    }

    public void answered(int parameterCount) {
        parameters = parameterCount;
        answered = true;
    }

    /** Whether the client has closed it, or never got it. */
    public boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
        boundTo = null;
    }

    // -- at the servers

    /** It is being prepared there. */
    public void asked(Object holder) {
        copies.add(new Copy(holder));
    }

    /** It was prepared there, under this id. */
    public void known(Object holder, int serverId) {
        Copy copy = at(holder);
        if (copy != null) {
            copy.serverId = serverId;
            copy.known = true;
        }
    }

    /** What that server connection has of it, or null. */
    public @Nullable Copy at(Object holder) {
        for (int i = 0; i < copies.size(); i++) {
            if (copies.get(i).holder == holder) {
                return copies.get(i);
            }
        }
        return null;
    }

    /** No server has it any more. */
    void forgotten() {
        copies.clear();
    }

    /** That server connection has it no more; returns whether something that only it had is lost: long data or an open cursor. */
    public boolean lost(Object holder) {
        copies.removeIf(copy -> copy.holder == holder);
        boolean bound = boundTo == holder && holder != null;
        return bound;
    }

    // -- parameter types

    /** The types as the client sent them last, two bytes each, or null. */
    public byte @Nullable [] types() {
        return types;
    }

    /** The client sent types, with a command for that server. */
    public void types(byte[] sent, Object holder) {
        byte[] known = types;
        if (known == null || !Arrays.equals(known, sent)) {
            types = sent;
            typesVersion++;
        }
        typesKnown(holder);
    }

    /** Whether that server has the types of the client's last execution, or nobody has. */
    public boolean hasTypes(Object holder) {
        Copy copy = at(holder);
        return types == null || copy == null || copy.types == typesVersion;
    }

    /** The server gets the types as they are now. */
    public void typesKnown(Object holder) {
        Copy copy = at(holder);
        if (copy != null) {
            copy.types = typesVersion;
        }
    }

    /** Notes the beginning of an execution there that was sent before the preparation was answered: its types are read when it is. */
    public void direct(byte @Nullable [] head, @Nullable Object holder) {
        directHead = head;
        directAt = holder;
    }

    public byte @Nullable [] directHead() {
        return directHead;
    }

    public @Nullable Object directAt() {
        return directAt;
    }

    // -- descriptions of its results

    /** That server has sent a description: column definitions, each with a packet header; null for one that is too long to be kept. */
    public void describes(Object holder, byte @Nullable [] columns) {
        Copy copy = at(holder);
        if (copy == null) {
            return;
        }
        copy.description = columns;
        for (Copy other : copies) {
            if (columns != null && Arrays.equals(other.description, columns)) {
                copy.description = other.description;
            }
        }
        if (columns != null && Arrays.equals(given, columns)) {
            copy.description = given;
        }
    }

    /** What that server described last, and takes for known; null for nothing. */
    public byte @Nullable [] description(Object holder) {
        Copy copy = at(holder);
        return copy == null ? null : copy.description;
    }

    /** The client has got what that server described last. */
    public void given(Object holder) {
        given = description(holder);
    }

    /** Whether what the client got last is what that server takes for known. */
    public boolean givenBy(Object holder) {
        return given != null && given == description(holder);
    }

    // -- what only one server has

    /** The server connection that alone can execute it or fetch from it at present: it has long data or an open cursor; else null. */
    public @Nullable Object boundTo() {
        return boundTo;
    }

    /** A part of a value was sent there. */
    public void longData(Object holder) {
        boundTo = holder;
        longData = true;
    }

    /** It is executed there. */
    public void executed(Object holder, boolean withCursor) {
        longData = false;
        cursor = withCursor;
        boundTo = withCursor ? holder : null;
    }

    /** Whether the cursor that it was executed with is open, as the reply says. */
    public void cursor(boolean open) {
        cursor &= open;
        unbind();
    }

    /** It was reset there: neither long data nor a cursor are left. */
    public void reset() {
        longData = false;
        cursor = false;
        unbind();
    }

    private void unbind() {
        if (!longData && !cursor) {
            boundTo = null;
        }
    }

    @Override
    public String toString() {
        return "statement " + id;
    }
}
