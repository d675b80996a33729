package org.penstock.servers;

/** Embedded servers cannot run on this machine as it is; the message ends with the way out. */
public final class ServersUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What helps whatever the cause is. */
    static final String OWN_SERVERS = "use your own servers instead: runtime/demo --servers host:port,...";

    private final String problem;
    private final String remedy;

    ServersUnavailableException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    ServersUnavailableException(String problem, String remedy, @org.jspecify.annotations.Nullable Throwable cause) {
        super(problem + System.lineSeparator() + "Remedy: " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** What is missing, in one or more lines. */
    public String problem() {
        return problem;
    }

    /** What the user can do about it. */
    public String remedy() {
        return remedy;
    }
}
