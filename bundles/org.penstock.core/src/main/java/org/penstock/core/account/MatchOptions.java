package org.penstock.core.account;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.api.value.Texts;

/**
 * How the clients of one listener are matched with accounts, by its {@code authenticator_options}.
 *
 * @param skipAuthentication whether a wrong proof is left to the servers to refuse
 * @param matchHost whether the host of an account is compared with the client's
 * @param lowerCaseTableNames 1 and 2 compare names of databases without regard to case; null as the service says
 * @param injectServiceUser whether the service's own account may log in when accounts cannot be read; null as the service says
 */
public record MatchOptions(
        boolean skipAuthentication,
        boolean matchHost,
        @Nullable Integer lowerCaseTableNames,
        @Nullable Boolean injectServiceUser) {
    /** As the service says. */
    public static final MatchOptions DEFAULT = new MatchOptions(false, true, null, null);

    /**
     * The options of a listener; keys in lower case, others are left to authenticators.
     *
     * @throws IllegalArgumentException that names the key of a bad value
     */
    public static MatchOptions of(Map<String, String> options) {
        String lowerCase = options.get("lower_case_table_names");
        String inject = options.get("inject_service_user");
        return new MatchOptions(
                bool(options, "skip_authentication", false),
                bool(options, "match_host", true),
                lowerCase == null ? null : lowerCase(lowerCase),
                inject == null ? null : bool(options, "inject_service_user", true));
    }

    private static boolean bool(Map<String, String> options, String key, boolean otherwise) {
        try {
            return Texts.bool(options.getOrDefault(key, String.valueOf(otherwise)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("authenticator_options: " + key + ": " + e.getMessage(), e);
        }
    }

    /** 0, 1 or 2; in 2.1 it was a switch. */
    private static int lowerCase(String text) {
        return switch (text) {
            case "0", "false" -> 0;
            case "1", "true" -> 1;
            case "2" -> 2;
            default ->
                throw new IllegalArgumentException(
                        "authenticator_options: lower_case_table_names: expected 0, 1 or 2, got '" + text + "'");
        };
    }
}
