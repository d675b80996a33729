package org.penstock.core.login;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.penstock.api.value.Texts;
import org.penstock.core.account.MatchOptions;

/**
 * How a listener lets clients in.
 *
 * @param authenticators names of the authenticators that it takes; empty for any that is installed
 * @param options for authenticators, keys in lower case
 * @param mapping with which accounts servers are logged in to
 * @param proxies whose PROXY headers are believed
 * @param permissions what clients may use of the protocol
 */
public record LoginPolicy(
        List<String> authenticators,
        Map<String, String> options,
        UserMapping mapping,
        ProxyNetworks proxies,
        Permissions permissions) {
    /** Any authenticator, without options. */
    public static final LoginPolicy ANY =
            new LoginPolicy(List.of(), Map.of(), UserMapping.NONE, ProxyNetworks.NONE, Permissions.ALL);

    /** The plugin with which passwords are passed on to servers. */
    public static final String CLEAR_PASSWORD = "mysql_clear_password";

    private static final String PASS_THROUGH = "clear_pw_passthrough";
    private static final String LOG_MISMATCH = "log_password_mismatch";

    /** Keys of options that the core reads. */
    public static final Set<String> OPTIONS = Set.of(
            PASS_THROUGH,
            LOG_MISMATCH,
            "cache_dir",
            "inject_service_user",
            "lower_case_table_names",
            "match_host",
            "skip_authentication");

    public LoginPolicy {
        authenticators = List.copyOf(authenticators);
        options = Map.copyOf(options);
    }

    /**
     * The policy of a section.
     *
     * @param authenticator names separated by commas
     * @param options {@code k=v} separated by commas
     * @param mapping with which accounts servers are logged in to
     * @throws IllegalArgumentException for an option without a value
     */
    public static LoginPolicy of(String authenticator, String options, UserMapping mapping) {
        Map<String, String> values = new TreeMap<>();
        for (String option : Texts.list(options)) {
            int equals = option.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("authenticator_options: expected key=value, got '" + option + "'");
            }
            values.put(
                    option.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                    option.substring(equals + 1).strip());
        }
        LoginPolicy policy =
                new LoginPolicy(Texts.list(authenticator), values, mapping, ProxyNetworks.NONE, Permissions.ALL);
        if (policy.passesPasswordsThrough() && mapping != UserMapping.NONE) {
            throw new IllegalArgumentException("authenticator_options: " + PASS_THROUGH
                    + " and user_mapping_file exclude each other: nobody would check the password of a mapped user");
        }
        policy.logsMismatches();
        MatchOptions.of(values);
        return policy;
    }

    /** What an operator should know of this policy, or null: nobody asks mapped users for a proof where it is left to servers, which see another account. */
    public @Nullable String warning() {
        return mapping == UserMapping.NONE ? null : mappedWarning();
    }

    /** The same for a policy with mapped users. */
    @Nullable
    String mappedWarning() {
        String way = MatchOptions.of(options).skipAuthentication()
                ? "authenticator_options=skip_authentication=true"
                : authenticators.stream().anyMatch("NullAuthAllow"::equalsIgnoreCase)
                        ? "authenticator=NullAuthAllow"
                        : null;
        return way == null
                ? null
                : way + " with user_mapping_file: nobody checks the password of a mapped user;"
                        + " whoever knows the name has the rights of the account behind it";
    }

    /** The same with other permissions. */
    public LoginPolicy permit(Permissions permitted) {
        return new LoginPolicy(authenticators, options, mapping, proxies, permitted);
    }

    /** Whether clients are asked for their passwords in clear text, which the servers alone check. */
    public boolean passesPasswordsThrough() {
        return Texts.bool(options.getOrDefault(PASS_THROUGH, "false"));
    }

    /** The same with peers whose PROXY headers are believed. */
    public LoginPolicy believing(ProxyNetworks peers) {
        return new LoginPolicy(authenticators, options, mapping, peers, permissions);
    }

    /** Whether a wrong proof for an account that exists is told in the log. */
    public boolean logsMismatches() {
        return Texts.bool(options.getOrDefault(LOG_MISMATCH, "false"));
    }

    /** Whether an authenticator that is known by these names is taken. */
    public boolean takes(Iterable<String> names) {
        if (authenticators.isEmpty()) {
            return true;
        }
        for (String name : names) {
            if (authenticators.stream().anyMatch(name::equalsIgnoreCase)) {
                return true;
            }
        }
        return false;
    }
}
