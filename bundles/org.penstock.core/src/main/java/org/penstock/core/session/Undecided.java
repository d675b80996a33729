package org.penstock.core.session;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Pin;
import org.penstock.core.session.state.CurrentStatement;
import org.penstock.core.session.state.StatementClass;

/** The bytes of the command that is being decided, as far as they are here, and what a filter put in their place. Reused. */
final class Undecided {
    private @Nullable Exchange exchange;
    private @Nullable Bytes original;
    private int from;
    private int shown;
    private long length;

    private List<Hint> hints = List.of();

    private byte @Nullable [] replacement;

    /** What the command is, where {@link #classified}. */
    final CurrentStatement statement = new CurrentStatement();

    boolean classified;

    /** The connection that alone has what it goes on with, where {@link #classified}. */
    @Nullable
    Link bound;

    /** Why the router wants the session to stay where it goes. */
    final Set<Pin> asked = EnumSet.noneOf(Pin.class);

    /** What executing is that which it prepares, where it is a COM_STMT_PREPARE. */
    @Nullable
    StatementClass prepares;

    void begin(Exchange begun, Bytes bytes, int payloadFrom, int payloadShown, long payloadLength) {
        exchange = begun;
        replacement = null;
        hints = List.of();
        length = payloadLength;
        anew();
        grown(bytes, payloadFrom, payloadShown);
    }

    /** It is routed anew: what was known of the session when it was, may not hold any more. */
    void anew() {
        classified = false;
        bound = null;
        asked.clear();
    }

    /** More of the command has arrived. */
    void grown(Bytes bytes, int payloadFrom, int payloadShown) {
        classified = false;
        original = bytes;
        from = payloadFrom;
        shown = payloadShown;
    }

    /** A filter, or the session itself, puts another payload in its place. */
    void replace(byte[] payload) {
        replacement = payload;
        classified = false;
    }

    /** What was put in its place, or null. */
    byte @Nullable [] replacement() {
        return replacement;
    }

    List<Hint> hints() {
        return hints;
    }

    /** Adds hints behind those that the command has. */
    void hint(List<Hint> more) {
        List<Hint> all = new ArrayList<>(hints);
        all.addAll(more);
        hints = all;
    }

    void clear() {
        exchange = null;
        original = null;
        replacement = null;
        bound = null;
    }

    Exchange exchange() {
        Exchange current = exchange;
        if (current == null) {
            throw new IllegalStateException("no command is being decided");
        }
        return current;
    }

    private Bytes original() {
        Bytes bytes = original;
        if (bytes == null) {
            throw new IllegalStateException("no command is being decided");
        }
        return bytes;
    }

    /** The four bytes behind the command byte, where commands on a prepared statement have its id; 0 when they are not here. */
    int statementId() {
        return atHand() < 1 + Integer.BYTES ? 0 : bytes().intAt(at() + 1);
    }

    /** Where what goes on towards the server lies, as far as it is here: behind {@link #at} of these bytes. */
    Bytes bytes() {
        byte[] replaced = replacement;
        return replaced == null ? original() : new ArrayBytes(replaced);
    }

    int at() {
        return replacement == null ? from : 0;
    }

    /** Bytes of it that are here. */
    int atHand() {
        byte[] replaced = replacement;
        return replaced == null ? shown : replaced.length;
    }

    /** Bytes of it in all, at least 16 MiB where they are not known. */
    long length() {
        byte[] replaced = replacement;
        return replaced != null ? replaced.length : length < 0 ? CommandPath.CONTINUED : length;
    }

    /** Whether the payload goes on in further packets. */
    boolean continued() {
        return length < 0;
    }

    /** Whether all that the client sent of it is here. */
    boolean arrived() {
        return shown == length;
    }

    /** Whether all of what goes on towards the server is here. */
    boolean whole() {
        return replacement != null || arrived();
    }

    /** The command byte of what goes on towards the server. */
    int code() {
        byte[] replaced = replacement;
        return replaced == null ? original().unsignedAt(from) : replaced[0] & 0xFF;
    }

    /** Bytes of what goes on towards the server that are here. */
    int available() {
        byte[] replaced = replacement;
        return replaced == null ? shown : replaced.length;
    }

    /** Copies the first bytes of what goes on towards the server. */
    void copy(byte[] target, int count) {
        byte[] replaced = replacement;
        if (replaced == null) {
            original().copy(from, target, 0, count);
        } else {
            System.arraycopy(replaced, 0, target, 0, count);
        }
    }

    /** A copy of what goes on towards the server, as far as it is here. */
    byte[] payload() {
        byte[] replaced = replacement;
        if (replaced != null) {
            return replaced;
        }
        byte[] copy = new byte[shown];
        original().copy(from, copy, 0, shown);
        return copy;
    }

    /** Points a view at what goes on, at most {@code cap} bytes of it. */
    void show(CommandView view, int cap) {
        byte[] replaced = replacement;
        if (replaced != null) {
            view.show(exchange().number, new ArrayBytes(replaced), 0, Math.min(cap, replaced.length), replaced.length);
        } else {
            view.show(exchange().number, original(), from, Math.min(cap, shown), length);
        }
    }

    /** Whether it begins as a statement that may change who may log in. */
    boolean changesAccounts() {
        byte[] replaced = replacement;
        return replaced == null
                ? AccountStatement.matches(original(), from, shown)
                : AccountStatement.matches(new ArrayBytes(replaced), 0, replaced.length);
    }

    /** What the command wants killed, or null. */
    @Nullable
    Kill kill(Charset charset) {
        byte[] replaced = replacement;
        if (replaced != null) {
            return KillReader.read(new ArrayBytes(replaced), 0, replaced.length, charset);
        }
        return whole() ? KillReader.read(original(), from, shown, charset) : null;
    }
}
