package org.penstock.demo;

/** Why the demo cannot go on, in words for its user, with the exit status of the process. */
final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The command line is wrong. */
    static final int USAGE = 64;

    /** A port is in use, or the servers cannot be had. */
    static final int UNAVAILABLE = 69;

    /** Something that should work did not. */
    static final int FAILED = 70;

    /** The configuration is wrong. */
    static final int CONFIG = 78;

    private final int status;

    DemoException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Always there. */
    String text() {
        return String.valueOf(getMessage());
    }
}
