package org.penstock.itests.ledger;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What all clients wrote, and what they found wrong. */
final class Ledger {
    /** What became of an entry. */
    enum Outcome {
        /** The server said so: it must be found once. */
        COMMITTED,
        /** It must not be found. */
        ROLLED_BACK,
        /** The session was lost before the server answered: it may be found once. */
        UNCERTAIN
    }

    private static final int MOST_OF_A_KIND = 10;

    final LedgerScene scene;

    private final Map<Integer, ConcurrentSkipListMap<Integer, Outcome>> entries = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> kinds = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> steps = new ConcurrentHashMap<>();
    private final AtomicLong beat = new AtomicLong();

    /** Ids of the servers that answered plain reads. */
    final Set<String> readers = ConcurrentHashMap.newKeySet();

    /** Sessions that were lost where that is not allowed, and why. */
    final Queue<String> lost = new ConcurrentLinkedQueue<>();

    /** Sessions that ended as they may when servers are lost, by error number. */
    final Map<Integer, LongAdder> excused = new ConcurrentHashMap<>();

    Ledger(LedgerScene scene) {
        this.scene = scene;
    }

    /** A new entry of a client, uncertain until its outcome is told. */
    int open(int client) {
        ConcurrentSkipListMap<Integer, Outcome> own = of(client);
        int number = own.isEmpty() ? 1 : own.lastKey() + 1;
        own.put(number, Outcome.UNCERTAIN);
        return number;
    }

    void outcome(int client, int number, Outcome outcome) {
        of(client).put(number, outcome);
    }

    /** The newest entry of a client was refused, unless it was committed before. */
    void refused(int client) {
        ConcurrentSkipListMap<Integer, Outcome> own = of(client);
        if (!own.isEmpty()) {
            own.replace(own.lastKey(), Outcome.UNCERTAIN, Outcome.ROLLED_BACK);
        }
    }

    /** The entries of one client. */
    ConcurrentSkipListMap<Integer, Outcome> of(int client) {
        return entries.computeIfAbsent(client, key -> new ConcurrentSkipListMap<>());
    }

    /** All entries, by client. */
    SortedMap<Integer, ConcurrentSkipListMap<Integer, Outcome>> all() {
        return new TreeMap<>(entries);
    }

    /** How many entries have each outcome. */
    SortedMap<Outcome, Long> outcomes() {
        SortedMap<Outcome, Long> counts = new TreeMap<>();
        entries.values().forEach(own -> own.values().forEach(outcome -> counts.merge(outcome, 1L, Long::sum)));
        return counts;
    }

    void done(String step) {
        steps.computeIfAbsent(step, key -> new LongAdder()).increment();
    }

    /** How often each step was done. */
    SortedMap<String, Long> steps() {
        SortedMap<String, Long> counts = new TreeMap<>();
        steps.forEach((step, count) -> counts.put(step, count.sum()));
        return counts;
    }

    /** Notes what a session saw; of each kind the first few. */
    void complain(String kind, String what) {
        LongAdder count = kinds.computeIfAbsent(kind, key -> new LongAdder());
        count.increment();
        if (count.sum() <= MOST_OF_A_KIND) {
            wrong.add(what);
        }
    }

    Queue<String> complaints() {
        return wrong;
    }

    /** The last beat that was committed, milliseconds. */
    long beat() {
        return beat.get();
    }

    void beaten(long millis) {
        beat.set(millis);
    }
}
