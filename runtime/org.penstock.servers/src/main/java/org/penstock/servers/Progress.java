package org.penstock.servers;

/** Where the steps that take a while (fetching, unpacking, starting) are told to a human. */
@FunctionalInterface
public interface Progress {

    /** Takes one line without a line end; called on any thread. */
    void report(String line);

    /** Lines on standard error. */
    static Progress standardError() {
        return line -> System.err.println(line);
    }

    /** Nothing. */
    static Progress silent() {
        return line -> {};
    }
}
