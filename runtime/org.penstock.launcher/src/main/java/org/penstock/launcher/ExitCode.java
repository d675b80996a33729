package org.penstock.launcher;

/** What the process's exit status means; the same table is printed by {@code bin/penstock --help}. */
public enum ExitCode {
    /** Ended as asked. */
    OK(0),
    /** The command line is wrong. */
    USAGE(64),
    /** A listener could not be opened, such as a port in use. */
    UNAVAILABLE(69),
    /** A bundle does not resolve or does not start. */
    BUNDLE(70),
    /** Not started or not stopped in time. */
    TIMEOUT(71),
    /** The data directory cannot be written. */
    CANNOT_CREATE(73),
    /** Another process runs with this data directory. */
    ALREADY_RUNNING(75),
    /** The configuration is missing or wrong. */
    CONFIG(78);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
