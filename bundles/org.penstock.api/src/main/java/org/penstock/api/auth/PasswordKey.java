package org.penstock.api.auth;

/**
 * With which RSA key a password is encrypted for a server that wants the password itself, where nothing else hides it. A key that comes over such a connection may be
 * that of whoever sits between.
 *
 * @param asked whether the server is asked for its key, which nobody has vouched for
 * @param pem the server's public key, PEM; empty when it is not known. Then the server is not asked
 */
public record PasswordKey(boolean asked, String pem) {
    /** None: such a password is not sent. */
    public static final PasswordKey NONE = new PasswordKey(false, "");
}
