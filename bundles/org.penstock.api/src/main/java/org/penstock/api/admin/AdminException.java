package org.penstock.api.admin;

/** A management call that was refused; nothing was changed. The message says what is wrong and what would be right. */
public final class AdminException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AdminException(String message) {
        super(message);
    }

    public AdminException(String message, Throwable cause) {
        super(message, cause);
    }
}
