package org.penstock.sql.hint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.penstock.api.statement.Hint;

/** One session's hints: those with a name, and those in effect until they end. Not thread-safe. */
public final class HintStack {

    /** Named hints that a session may keep; further ones have no effect. */
    public static final int MAX_NAMED = 64;

    /** Hints that may be in effect one above the other; further ones have no effect, and their end has none either. */
    public static final int MAX_DEPTH = 64;

    /** Bytes of a comment that are looked at; a longer one has no effect. */
    public static final int MAX_COMMENT = HintText.MAX_BYTES;

    private final Map<String, Hint> named = new LinkedHashMap<>();
    private final Deque<Hint> active = new ArrayDeque<>();
    private int beyond;

    /**
     * What a session's hints are, as text, to be kept while the module that holds them is exchanged.
     *
     * @param named hints by name
     * @param active hints in effect, the innermost last
     */
    public record Snapshot(Map<String, String> named, List<String> active) {}

    /** The hint for a statement without a comment: the innermost one in effect. */
    public Optional<Hint> current() {
        return Optional.ofNullable(active.peekLast());
    }

    /** Carries out what a comment's text says and returns the hint for the statement that bears it. */
    public Optional<Hint> apply(byte[] comment, int from, int to) {
        List<String> words = HintText.words(comment, from, to);
        if (words.isEmpty()) {
            return current();
        }
        Optional<Hint> once = HintText.hint(words);
        if (once.isPresent()) {
            return once;
        }
        String first = words.get(0);
        if (words.size() == 1 && HintText.is(first, "end", "stop")) {
            end();
        } else if (HintText.is(first, "begin", "start")) {
            HintText.hint(words.subList(1, words.size())).ifPresent(this::begin);
        } else if (words.size() > 1) {
            named(first, words.get(1), words.subList(2, words.size()));
        }
        return current();
    }

    private void named(String name, String verb, List<String> body) {
        if (HintText.is(verb, "prepare")) {
            HintText.hint(body).ifPresent(hint -> define(name, hint));
        } else if (HintText.is(verb, "begin", "start")) {
            if (!body.isEmpty()) {
                HintText.hint(body).ifPresent(hint -> {
                    define(name, hint);
                    begin(hint);
                });
            } else if (named.containsKey(name)) {
                begin(Objects.requireNonNull(named.get(name)));
            }
        }
    }

    private void define(String name, Hint hint) {
        if (named.containsKey(name) || named.size() < MAX_NAMED) {
            named.put(name, hint);
        }
    }

    private void begin(Hint hint) {
        if (active.size() < MAX_DEPTH) {
            active.addLast(hint);
        } else {
            beyond++;
        }
    }

    private void end() {
        if (beyond > 0) {
            beyond--;
        } else {
            active.pollLast();
        }
    }

    /** What to hand to a successor. */
    public Snapshot snapshot() {
        Map<String, String> names = new LinkedHashMap<>();
        named.forEach((name, hint) -> names.put(name, HintText.encoded(hint)));
        List<String> stack = new ArrayList<>();
        active.forEach(hint -> stack.add(HintText.encoded(hint)));
        return new Snapshot(names, stack);
    }

    /** A stack with what a predecessor handed over. */
    public static HintStack of(Snapshot snapshot) {
        HintStack stack = new HintStack();
        snapshot.named().forEach((name, text) -> HintText.decoded(text).ifPresent(hint -> stack.define(name, hint)));
        snapshot.active().forEach(text -> HintText.decoded(text).ifPresent(stack::begin));
        return stack;
    }
}
