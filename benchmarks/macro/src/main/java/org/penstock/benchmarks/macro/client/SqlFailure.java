package org.penstock.benchmarks.macro.client;

import java.io.IOException;

/** An error packet of the server or the proxy. */
public final class SqlFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final int code;

    SqlFailure(int code, String message) {
        super("error " + code + ": " + message);
        this.code = code;
    }

    /** Whether it is a conflict with another client, after which a transaction is tried again: lock wait, deadlock, duplicate, record changed. */
    public boolean isConflict() {
        return code == 1205 || code == 1213 || code == 1062 || code == 1020;
    }
}
