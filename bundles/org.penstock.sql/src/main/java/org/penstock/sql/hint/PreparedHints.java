package org.penstock.sql.hint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.penstock.api.command.Command;
import org.penstock.api.command.Payload;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.statement.Hint;

/**
 * The hints of one session's prepared statements: they are given with the text and hold for its executions, under the id that the client has. Not thread-safe.
 */
public final class PreparedHints {

    /** Statements with hints that are remembered; beyond, the oldest one is forgotten. */
    public static final int MAX_STATEMENTS = 1024;

    private static final int LAST_PREPARED = -1;
    private static final int ID_AT = 1;
    private static final int ID_END = 5;

    private final Map<Integer, List<Hint>> byId = new LinkedHashMap<>();
    private final Deque<Awaited> awaited = new ArrayDeque<>();
    private List<Hint> last = List.of();

    /** A COM_STMT_PREPARE whose reply will say the id. */
    private record Awaited(long command, List<Hint> hints) {}

    /** Takes the hints of a COM_STMT_PREPARE; the reply is shown to {@link #onReply} as far as what is returned asks for. */
    public ReplyInterest prepare(Command command, List<Hint> hints) {
        last = hints;
        if (hints.isEmpty()) {
            return ReplyInterest.NONE;
        }
        awaited.addLast(new Awaited(command.number(), hints));
        return ReplyInterest.METADATA;
    }

    /** Learns the statement's id. */
    public void onReply(ReplyPart part) {
        while (!awaited.isEmpty() && awaited.getFirst().command() < part.command()) {
            awaited.removeFirst();
        }
        if (awaited.isEmpty() || awaited.getFirst().command() != part.command()) {
            return;
        }
        if (part.kind() == ReplyPart.Kind.HEADER && part.payload().length() >= ID_END) {
            put(id(part.payload()), awaited.removeFirst().hints());
        } else if (part.kind() == ReplyPart.Kind.END) {
            awaited.removeFirst();
        }
    }

    /** The hints of the statement that a command names behind its command byte; empty when it has none. */
    public List<Hint> of(Command command) {
        if (command.payload().length() < ID_END) {
            return List.of();
        }
        int id = id(command.payload());
        return id == LAST_PREPARED ? last : byId.getOrDefault(id, List.of());
    }

    /** Forgets the statement that a COM_STMT_CLOSE names. */
    public void close(Command command) {
        if (command.payload().length() >= ID_END) {
            byId.remove(id(command.payload()));
        }
    }

    /** Forgets all: the session was reset. */
    public void clear() {
        byId.clear();
        awaited.clear();
        last = List.of();
    }

    /** What to hand to a successor, as text. */
    public String snapshot() {
        Map<List<Hint>, StringBuilder> ids = new LinkedHashMap<>();
        byId.forEach((id, hints) -> ids.computeIfAbsent(hints, key -> new StringBuilder())
                .append(id)
                .append(','));
        if (!last.isEmpty()) {
            ids.computeIfAbsent(last, key -> new StringBuilder())
                    .append(LAST_PREPARED)
                    .append(',');
        }
        StringBuilder text = new StringBuilder();
        ids.forEach((hints, of) -> {
            text.append(of);
            hints.forEach(hint -> text.append('\t').append(HintText.encoded(hint)));
            text.append('\n');
        });
        return text.toString();
    }

    /** Takes over what a predecessor handed over. */
    public void restore(String snapshot) {
        clear();
        for (String line : snapshot.lines().toList()) {
            String[] parts = line.split("\t");
            List<Hint> hints = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                HintText.decoded(parts[i]).ifPresent(hints::add);
            }
            for (String id : parts[0].split(",")) {
                put(Integer.parseInt(id), List.copyOf(hints));
            }
        }
    }

    private void put(int id, List<Hint> hints) {
        if (id == LAST_PREPARED) {
            last = hints;
            return;
        }
        byId.remove(id);
        byId.put(id, hints);
        if (byId.size() > MAX_STATEMENTS) {
            Iterator<Integer> oldest = byId.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private static int id(Payload payload) {
        return (payload.at(ID_AT) & 0xff)
                | (payload.at(ID_AT + 1) & 0xff) << 8
                | (payload.at(ID_AT + 2) & 0xff) << 16
                | (payload.at(ID_AT + 3) << 24);
    }
}
