package org.penstock.benchmarks.macro.client;

/** Who logs in, and where. */
public record Account(String user, String password, String database) {
    /** The account of clients that the embedded servers have. */
    public static final Account APP = new Account("app", "app", "demo");
}
