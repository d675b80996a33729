package org.penstock.core.tls;

/** A certificate, key or list that cannot be used; the message names parameter and file. */
public final class TlsFileException extends Exception {
    private static final long serialVersionUID = 1L;

    public TlsFileException(String key, String file, String what) {
        super(key + ": " + file + ": " + what);
    }

    public TlsFileException(String key, String file, String what, Throwable cause) {
        super(key + ": " + file + ": " + what, cause);
    }

    /** Where no single file is to blame. */
    public TlsFileException(String what, Throwable cause) {
        super(what, cause);
    }
}
