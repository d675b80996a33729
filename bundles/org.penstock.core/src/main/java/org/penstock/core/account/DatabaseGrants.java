package org.penstock.core.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.DatabaseGrant;
import org.penstock.api.error.SqlError;

/** Which default databases clients may have, and which exist, arranged for logins. Immutable. */
final class DatabaseGrants {
    private static final String INFORMATION_SCHEMA = "information_schema";

    /** A database that clients from some hosts may have. */
    private record Granted(HostPattern host, String database, boolean exact) {
        boolean covers(Wanted wanted) {
            boolean named = exact ? wanted.equal(database) : wanted.fits(database);
            return named && (wanted.client() == null || host.matches(wanted.client(), true));
        }
    }

    /**
     * A default database that is asked for.
     *
     * @param client from where; null where hosts do not matter
     */
    private record Wanted(String name, @Nullable ClientAddress client, boolean ignoreCase) {
        boolean equal(String database) {
            return ignoreCase ? database.equalsIgnoreCase(name) : database.equals(name);
        }

        boolean fits(String pattern) {
            return ignoreCase
                    ? WildPattern.matches(pattern.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))
                    : WildPattern.matches(pattern, name);
        }
    }

    private final Map<String, List<Granted>> byUser = new HashMap<>();
    private final Set<String> existing;
    private final Set<String> existingLower;

    /** @param stripEscapes whether backslashes are dropped from patterns */
    DatabaseGrants(AccountSet accounts, boolean stripEscapes) {
        for (DatabaseGrant grant : accounts.grants()) {
            boolean stripped = stripEscapes && !grant.exact();
            String name = stripped ? grant.database().replace("\\", "") : grant.database();
            byUser.computeIfAbsent(grant.user(), user -> new ArrayList<>())
                    .add(new Granted(HostPattern.of(grant.host()), name, grant.exact()));
        }
        existing = accounts.databases();
        existingLower =
                existing.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Why a client may not have a default database, in the order in which servers look: the grant first, then the database.
     *
     * @param client from where; null where hosts do not matter
     * @return null when it may
     */
    @Nullable
    SqlError check(Account account, String database, @Nullable ClientAddress client, boolean ignoreCase) {
        if (database.equalsIgnoreCase(INFORMATION_SCHEMA)) {
            return null;
        }
        if (!isGranted(account, new Wanted(database, client, ignoreCase))) {
            return LoginErrors.databaseDenied(account, database);
        }
        boolean known =
                ignoreCase ? existingLower.contains(database.toLowerCase(Locale.ROOT)) : existing.contains(database);
        return known || existing.isEmpty() ? null : LoginErrors.unknownDatabase(database);
    }

    /** Names of databases that exist; empty when they are not known. */
    Set<String> existing() {
        return existing;
    }

    private boolean isGranted(Account account, Wanted wanted) {
        return account.anyDatabase()
                || account.databases().stream().anyMatch(wanted::fits)
                || grantsOf(account.user()).anyMatch(granted -> granted.covers(wanted));
    }

    /** A grant to the user without a name is one to everybody. */
    private Stream<Granted> grantsOf(String user) {
        List<Granted> common = byUser.getOrDefault("", List.of());
        return user.isEmpty()
                ? common.stream()
                : Stream.concat(
                        byUser.getOrDefault(user, List.of()).stream(),
                        common.stream().filter(granted -> !granted.exact()));
    }
}
