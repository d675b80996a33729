package org.penstock.launcher;

/** A start that cannot go on; the message is shown to the operator as it is, without a stack trace. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    public LaunchException(ExitCode code, String message) {
        this(code.status(), message);
    }

    LaunchException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The exit status of the process. */
    public int status() {
        return status;
    }
}
