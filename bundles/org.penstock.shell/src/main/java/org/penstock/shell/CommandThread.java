package org.penstock.shell;

/** The thread of a command, which Gogo names after the whole line and with it after any password in it: names of threads are in the log. */
public final class CommandThread {
    private static final String GOGO = "pipe-";
    private static final String NAME = "penstock-shell";

    private CommandThread() {}

    /** Gives the current thread a name without the line until the command ends, when Gogo takes its own name back. */
    public static void hideArguments() {
        Thread thread = Thread.currentThread();
        if (thread.getName().startsWith(GOGO)) {
            thread.setName(NAME);
        }
    }
}
