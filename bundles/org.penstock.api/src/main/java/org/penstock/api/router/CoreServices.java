package org.penstock.api.router;

/**
 * What the core keeps for a router in each of its sessions, beyond the connections. What is not asked for costs nothing.
 *
 * @param statements whether commands are classified for the session's sake: its transaction, its pins, its temporary tables and prepared statements are then
 *     followed, and the ids of prepared statements mapped for each server
 * @param history session commands (those that were sent to all servers, and belong there) that are kept, to be repeated on a connection that is opened later; 0 keeps none
 * @param prunes whether beyond {@code history} those leave that later ones have overwritten. Where more are left, all are forgotten, and the session gets no
 *     further connection
 * @param replies whether {@link RouterSession#onReply} is called
 */
public record CoreServices(boolean statements, int history, boolean prunes, boolean replies) {
    /** Most session commands that a router may have kept. */
    public static final int MAX_HISTORY = 100_000;

    /** Connections only. */
    public static final CoreServices NONE = new CoreServices(false, 0, false, false);

    public CoreServices {
        if (history < 0 || history > MAX_HISTORY) {
            throw new IllegalArgumentException("history: expected 0 to " + MAX_HISTORY + ", got " + history);
        }
        if (!statements && history > 0) {
            throw new IllegalArgumentException("history: cannot be kept without statements");
        }
    }

    /** Whether a session that was begun with {@code other} has what this asks for. */
    public boolean within(CoreServices other) {
        return (!statements || other.statements) && (history == 0 || other.history > 0);
    }
}
