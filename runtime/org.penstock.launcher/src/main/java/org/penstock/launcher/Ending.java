package org.penstock.launcher;

/**
 * Why the process ends.
 *
 * @param status of the process
 * @param message for the operator; empty when there is nothing to say
 */
record Ending(int status, String message) {
    static final Ending AS_ASKED = new Ending(ExitCode.OK.status(), "");
}
