package org.penstock.auth.pam;

import java.util.List;
import org.penstock.api.annotation.Blocking;

/** Asks PAM whether a user is who it says. */
interface Pam {
    /**
     * One question to PAM.
     *
     * @param service name of the PAM service, a file of {@code /etc/pam.d}
     * @param user name
     * @param remote address of the client
     * @param answers to PAM's prompts, in their order, without NUL
     */
    record Question(String service, String user, String remote, List<byte[]> answers) {
        @Override
        public String toString() {
            return "Question[" + service + ", " + user + "]";
        }
    }

    /**
     * What PAM said.
     *
     * @param accepted whether the user is who it says, and its account is valid
     * @param user name that PAM ends with, another one when a PAM module has mapped it
     * @param detail why not, for the log
     */
    record Result(boolean accepted, String user, String detail) {}

    /**
     * Asks, which may take long.
     *
     * @throws IllegalStateException when there is no PAM on this machine
     */
    @Blocking
    Result ask(Question question);
}
