package org.penstock.auth.pam;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The listener's options for PAM.
 *
 * @param clearText {@code pam_use_cleartext_plugin}: clients are asked by mysql_clear_password instead of dialog
 * @param secondFactor {@code pam_mode=password_2FA}: a second question is asked
 * @param mapping {@code pam_backend_mapping=mariadb}: servers are logged in to as the user that PAM ends with
 * @param passwords {@code pam_mapped_pw_file}: JSON file with the passwords of such users; empty for none
 * @param requireEncryption {@code pam_require_encryption}: clients are asked over TLS and unix sockets only
 */
record PamOptions(
        boolean clearText, boolean secondFactor, boolean mapping, String passwords, boolean requireEncryption) {
    private static final String MODE = "pam_mode";

    /** Keys of all options. */
    static final Set<String> KEYS = Set.of(
            MODE, "pam_use_cleartext_plugin", "pam_backend_mapping", "pam_mapped_pw_file", "pam_require_encryption");

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException when one has a value that it cannot have
     */
    static PamOptions of(Map<String, String> options) {
        PamOptions read = new PamOptions(
                flag(options, "pam_use_cleartext_plugin", false),
                isSecondFactor(options.getOrDefault(MODE, "password")),
                isMapped(options.getOrDefault("pam_backend_mapping", "none")),
                options.getOrDefault("pam_mapped_pw_file", ""),
                flag(options, "pam_require_encryption", true));
        if (read.clearText() && read.secondFactor()) {
            throw new IllegalArgumentException(
                    MODE + "=password_2FA needs two questions, which pam_use_cleartext_plugin cannot ask");
        }
        return read;
    }

    private static boolean isSecondFactor(String mode) {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "password" -> false;
            case "password_2fa" -> true;
            default ->
                throw new IllegalArgumentException(MODE + ": expected password or password_2FA, got '" + mode + "'");
        };
    }

    private static boolean isMapped(String mapping) {
        return switch (mapping.toLowerCase(Locale.ROOT)) {
            case "none" -> false;
            case "mariadb" -> true;
            default ->
                throw new IllegalArgumentException(
                        "pam_backend_mapping: expected none or mariadb, got '" + mapping + "'");
        };
    }

    private static boolean flag(Map<String, String> options, String key, boolean otherwise) {
        String value = options.get(key);
        if (value == null) {
            return otherwise;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "on", "yes" -> true;
            case "false", "0", "off", "no" -> false;
            default -> throw new IllegalArgumentException(key + ": expected true or false, got '" + value + "'");
        };
    }
}
