package org.penstock.core.tls;

import org.jspecify.annotations.Nullable;

/** A certificate, key or list that cannot be used; the message names parameter and file. */
public final class TlsFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String text;

    public TlsFileException(String key, String file, String what) {
        this(key, file, what, null);
    }

    public TlsFileException(String key, String file, String what, @Nullable Throwable cause) {
        super(key + ": " + file + ": " + what, cause);
        this.key = key;
        this.text = file + ": " + what;
    }

    /** Where no single file is to blame. */
    public TlsFileException(String what, Throwable cause) {
        super(what, cause);
        this.key = "ssl";
        this.text = what;
    }

    /** The parameter that names the file. */
    public String key() {
        return key;
    }

    /** The message without the parameter. */
    public String text() {
        return text;
    }
}
