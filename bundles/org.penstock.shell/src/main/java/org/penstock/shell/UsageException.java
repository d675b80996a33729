package org.penstock.shell;

/** Words that a command does not understand; the message says which and what it expects. */
public final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
