package org.penstock.api.admin;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.AnyThread;

/** Which generations of configured modules serve, by the core; what the configuration bundle waits for before it removes an old revision. */
@ProviderType
@AnyThread
public interface ModuleGenerations {
    /** What became of a new revision. */
    enum Outcome {
        /** A plan uses it, or nothing refers to it. */
        SERVING,
        /** It did not start; the generation before it serves on. */
        REFUSED
    }

    /**
     * Completes when the core has decided about a revision of a configured module, with a {@link java.util.concurrent.TimeoutException} when that takes longer.
     *
     * @param kind {@code filter}, {@code router} or {@code monitor}
     */
    CompletionStage<Outcome> decided(String kind, String name, int revision, Duration limit);

    /** Completes when no session uses a revision any more, or after {@code limit} with false. */
    CompletionStage<Boolean> drained(String kind, String name, int revision, Duration limit);

    /** Why a revision was refused, for {@link Outcome#REFUSED}; else an empty string. */
    String refusal(String kind, String name, int revision);
}
