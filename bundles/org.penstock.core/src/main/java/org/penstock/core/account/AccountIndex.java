package org.penstock.core.account;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.error.SqlError;
import org.penstock.core.service.AccountSettings;

/** The accounts of one service, arranged for logins. Immutable. */
@AnyThread
public final class AccountIndex {
    private static final String ROOT = "root";
    private static final String INFORMATION_SCHEMA = "information_schema";

    private record Entry(HostPattern host, Account account) {}

    private final AccountSettings settings;
    private final Map<String, List<Entry>> byUser;
    private final List<HostPattern> hosts;
    private final Set<String> databases;
    private final int size;

    private AccountIndex(AccountSettings settings, Map<String, List<Entry>> byUser, Set<String> databases, int size) {
        this.settings = settings;
        this.byUser = byUser;
        this.databases = databases;
        this.size = size;
        Set<HostPattern> distinct = new LinkedHashSet<>();
        byUser.values().forEach(entries -> entries.forEach(entry -> distinct.add(entry.host())));
        this.hosts = List.copyOf(distinct);
    }

    /** An index without accounts. */
    public static AccountIndex empty(AccountSettings settings) {
        return of(AccountSet.EMPTY, settings);
    }

    public static AccountIndex of(AccountSet accounts, AccountSettings settings) {
        Map<String, List<Entry>> byUser = new HashMap<>();
        int size = 0;
        for (Account account : accounts.accounts()) {
            if (settings.enableRoot() || !account.user().equals(ROOT)) {
                byUser.computeIfAbsent(account.user(), user -> new ArrayList<>())
                        .add(new Entry(HostPattern.of(account.host()), normal(account, settings)));
                size++;
            }
        }
        byUser.replaceAll((user, entries) -> {
            Collections.sort(entries, (a, b) -> a.host().compareTo(b.host()));
            return List.copyOf(entries);
        });
        Set<String> databases = new HashSet<>();
        accounts.databases().forEach(database -> databases.add(settings.comparable(database)));
        return new AccountIndex(settings, byUser, Set.copyOf(databases), size);
    }

    /** The accounts of several servers as one; of the same user and host the first counts, with the databases of all. */
    public static AccountSet union(List<AccountSet> sets) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        Set<String> databases = new HashSet<>();
        for (AccountSet set : sets) {
            databases.addAll(set.databases());
            set.accounts().forEach(account -> accounts.merge(account.toString(), account, AccountIndex::both));
        }
        return new AccountSet(List.copyOf(accounts.values()), databases);
    }

    /**
     * The account that a server would choose: that of the most specific host which matches; of one host the named before the anonymous.
     *
     * @param user name that the client gave
     * @param address numeric address, or {@code localhost} for a unix socket
     * @param name resolved name of the address, or null
     * @return null when no account matches
     */
    public @Nullable Account match(String user, String address, @Nullable String name) {
        ClientAddress client = ClientAddress.of(address, name);
        Entry named = first(user, client);
        Entry anonymous = user.isEmpty() ? null : first("", client);
        if (named == null || anonymous == null) {
            Entry found = named == null ? anonymous : named;
            return found == null ? null : found.account();
        }
        return anonymous.host().isNarrowerThan(named.host()) ? anonymous.account() : named.account();
    }

    /** Whether any account of any user admits that address. */
    public boolean hostAllowed(String address, @Nullable String name) {
        ClientAddress client = ClientAddress.of(address, name);
        return hosts.stream().anyMatch(host -> host.matches(client, settings.localhostMatchesWildcard()));
    }

    /** Whether accounts of that user, or anonymous ones, name hosts, so that the address's name should be looked up. */
    public boolean needsName(String user) {
        return anyNeedsName(user) || anyNeedsName("");
    }

    /**
     * Why an account may not have a default database, in the order in which MariaDB looks: the grant first, then the database.
     *
     * @return null when it may
     */
    public @Nullable SqlError databaseCheck(Account account, String database) {
        if (database.toLowerCase(Locale.ROOT).equals(INFORMATION_SCHEMA)) {
            return null;
        }
        String name = settings.comparable(database);
        if (!account.anyDatabase()
                && account.databases().stream().noneMatch(pattern -> WildPattern.matches(pattern, name))) {
            return LoginErrors.databaseDenied(account, database);
        }
        return databases.isEmpty() || databases.contains(name) ? null : LoginErrors.unknownDatabase(database);
    }

    /** Number of accounts. */
    public int size() {
        return size;
    }

    /** Names of databases that exist; empty when they are not known. */
    public Set<String> databases() {
        return databases;
    }

    private @Nullable Entry first(String user, ClientAddress client) {
        for (Entry entry : byUser.getOrDefault(user, List.of())) {
            if (entry.host().matches(client, settings.localhostMatchesWildcard())) {
                return entry;
            }
        }
        return null;
    }

    private boolean anyNeedsName(String user) {
        return byUser.getOrDefault(user, List.of()).stream()
                .anyMatch(entry -> entry.host().needsName());
    }

    private static Account normal(Account account, AccountSettings settings) {
        Set<String> patterns = new HashSet<>();
        for (String pattern : account.databases()) {
            String stripped = settings.stripEscapes() ? pattern.replace("\\", "") : pattern;
            patterns.add(settings.comparable(stripped));
        }
        return new Account(
                account.user(),
                account.host(),
                account.plugin(),
                account.authentication(),
                account.anyDatabase(),
                patterns);
    }

    private static Account both(Account first, Account second) {
        Set<String> databases = new HashSet<>(first.databases());
        databases.addAll(second.databases());
        return new Account(
                first.user(),
                first.host(),
                first.plugin(),
                first.authentication(),
                first.anyDatabase() || second.anyDatabase(),
                databases);
    }
}
