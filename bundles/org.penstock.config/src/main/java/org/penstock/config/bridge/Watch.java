package org.penstock.config.bridge;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What became of configurations that were written. */
interface Watch {
    /** Where an object stands. */
    enum State {
        READY,
        REFUSED,
        /** Neither within the time given. */
        LATE
    }

    /**
     * What was seen.
     *
     * @param cause why it was refused; empty otherwise
     */
    record Verdict(State state, String cause) {
        static final Verdict READY = new Verdict(State.READY, "");
        static final Verdict LATE = new Verdict(State.LATE, "");

        static Verdict refused(String cause) {
            return new Verdict(State.REFUSED, cause);
        }
    }

    /** Waits until a module's revision exists: its constructor has returned or thrown. */
    Verdict activated(Applied module, Duration limit);

    /** Waits until the core has decided about a revision that exists. */
    Verdict serving(Applied module, Duration limit);

    /** Waits until the core's component has taken a configuration, or waits itself for something else. */
    Verdict settled(Applied object, Duration limit);

    /** Whether a module's revision is there now. */
    boolean present(Applied module);

    /** Completes when no session uses a revision any more, or after the limit. */
    CompletionStage<?> drained(Applied module, Duration limit);
}
