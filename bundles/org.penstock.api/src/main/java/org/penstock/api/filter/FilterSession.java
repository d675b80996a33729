package org.penstock.api.filter;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.Borrowed;
import org.penstock.api.annotation.EventLoop;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Hold;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.Payload;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.session.ModuleState;

/** A filter's part in one session. */
@ConsumerType
@EventLoop
public interface FilterSession {
    /** Makes holds for the command that is being decided. */
    @ProviderType
    interface Holds {
        /** A hold for the current command; after {@code deadline} it is decided by {@code onTimeout}. */
        Hold<Verdict> hold(Duration deadline, Verdict onTimeout);
    }

    /** What this part wants to see of commands; read after opening, after an import, and after each command of this session that it decided. */
    CommandInterest interest();

    /** Decides about one command. Called once for each command that reaches this slot, unless the interest is nothing. */
    default Verdict onCommand(@Borrowed Command command, @Borrowed Holds holds) {
        return Verdict.forward();
    }

    /** Shows a further part of the current command, or of the local file that the server asked for, to a part whose interest is a stream. */
    default void onCommandPart(@Borrowed Payload part, boolean last) {}

    /** Decides about one part of a reply that the verdict for its command asked to see. */
    default PartVerdict onReply(@Borrowed ReplyPart part) {
        return PartVerdict.pass();
    }

    /** State for the successor. Called between two commands; the part may be used again afterwards if the move is given up. */
    default ModuleState exportState() {
        return ModuleState.NONE;
    }

    /**
     * Takes over the state of a predecessor of the same configured name, which may be of an older or a newer version.
     *
     * @throws RuntimeException when it cannot; the predecessor serves on
     */
    default void importState(ModuleState state) {}

    /** Called once when the session ends or another generation has taken over. */
    default void close() {}
}
