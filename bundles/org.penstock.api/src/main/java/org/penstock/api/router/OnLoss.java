package org.penstock.api.router;

import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;

/**
 * A router's decision about a server connection that was lost.
 *
 * @param goesOn whether the session goes on without it
 * @param error what the client gets for the commands that wait for a reply from it, or as its last word; null for the error of the loss itself
 */
public record OnLoss(boolean goesOn, @Nullable SqlError error) {
    /** The session ends: the client gets the error of the loss. */
    public static final OnLoss CLOSE = new OnLoss(false, null);

    /** The session goes on without that connection. */
    public static final OnLoss GO_ON = new OnLoss(true, null);

    /** The session ends with this error. */
    public static OnLoss close(SqlError error) {
        return new OnLoss(false, error);
    }

    /** The session goes on; commands that wait for that server's reply get this error. */
    public static OnLoss goOn(SqlError error) {
        return new OnLoss(true, error);
    }
}
