package org.penstock.filter.namedserverfilter;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Hold;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.FilterSession.Holds;
import org.penstock.api.session.SessionContext;

/** Whether a session is looked at. Where host names decide, that is known a moment after it was opened; a command that comes earlier waits. */
final class Admission {
    /** The longest that a command waits for the name of the client's host; without an answer the session is not looked at. */
    static final Duration NAME_TIMEOUT = Duration.ofSeconds(5);

    private record Waiting(Hold<Verdict> hold, Verdict admitted) {}

    private boolean decided = true;
    private boolean admitted;
    private @Nullable Waiting waiting;

    Admission(NamedServerFilterSettings settings, SessionContext session) {
        Sources sources = settings.sources();
        String address = session.clientAddress();
        boolean account = settings.user().isEmpty() || settings.user().equals(session.user());
        admitted = account && sources.admits(address);
        if (account && !admitted && !sources.names().isEmpty()) {
            decided = false;
            try {
                session.background(
                        () -> sources.admitsByName(address), (found, failure) -> decide(Boolean.TRUE.equals(found)));
            } catch (RejectedExecutionException e) {
                decide(false);
            }
        }
    }

    /** Whether commands need not be shown any more. */
    boolean refused() {
        return decided && !admitted;
    }

    /** The verdict of a command: what is given where the session is looked at, else forward. */
    Verdict verdict(Verdict ifAdmitted, Holds holds) {
        if (!decided && waiting != null) {
            decide(false);
        }
        if (!decided) {
            Hold<Verdict> hold = holds.hold(NAME_TIMEOUT, Verdict.forward());
            waiting = new Waiting(hold, ifAdmitted);
            return Verdict.hold(hold);
        }
        return admitted ? ifAdmitted : Verdict.forward();
    }

    private void decide(boolean found) {
        if (decided) {
            return;
        }
        decided = true;
        admitted = found;
        Waiting command = waiting;
        if (command != null) {
            command.hold().resume(found ? command.admitted() : Verdict.forward());
            waiting = null;
        }
    }
}
