package org.penstock.shell.console;

/**
 * The watch that keeps log lines from an operator's terminal: while a command runs, Gogo turns the process's standard streams of its thread into the
 * session's, and a console appender, or the framework's own logger, would follow.
 */
final class LogLines {
    private static final StackWalker WALKER = StackWalker.getInstance();

    private LogLines() {}

    /** True when an appender of the log is on the stack. */
    static boolean writing() {
        return WALKER.walk(frames -> frames.anyMatch(frame -> isLogger(frame.getClassName())));
    }

    private static boolean isLogger(String type) {
        return type.startsWith("ch.qos.logback.")
                || type.startsWith("org.ops4j.pax.logging.")
                || type.equals("org.apache.felix.framework.Logger");
    }
}
