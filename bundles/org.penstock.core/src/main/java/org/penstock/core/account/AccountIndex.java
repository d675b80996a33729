package org.penstock.core.account;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.DatabaseGrant;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.error.SqlError;
import org.penstock.core.service.AccountSettings;

/** The accounts of one service, arranged for logins. Immutable. */
@AnyThread
public final class AccountIndex {
    private static final String ROOT = "root";

    private record Entry(HostPattern host, Account account) {}

    private final AccountSettings settings;
    private final Map<String, List<Entry>> byUser;
    private final List<HostPattern> hosts;
    private final StandIns standIns;
    private final DatabaseGrants databases;
    private final int size;

    private AccountIndex(
            AccountSettings settings, Map<String, List<Entry>> byUser, DatabaseGrants databases, int size) {
        this.settings = settings;
        this.byUser = byUser;
        this.databases = databases;
        this.size = size;
        Set<HostPattern> distinct = new LinkedHashSet<>();
        byUser.values().forEach(entries -> entries.forEach(entry -> distinct.add(entry.host())));
        this.hosts = List.copyOf(distinct);
        List<Account> first = new ArrayList<>();
        byUser.values().forEach(entries -> first.add(entries.get(0).account()));
        this.standIns = StandIns.of(first);
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
                        .add(new Entry(HostPattern.of(account.host()), account));
                size++;
            }
        }
        byUser.replaceAll((user, entries) -> {
            Collections.sort(entries, (a, b) -> a.host().compareTo(b.host()));
            return List.copyOf(entries);
        });
        return new AccountIndex(settings, byUser, new DatabaseGrants(accounts, settings.stripEscapes()), size);
    }

    /** The accounts of several servers as one; of the same user and host the first counts, with the databases of all. */
    public static AccountSet union(List<AccountSet> sets) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        Set<DatabaseGrant> grants = new LinkedHashSet<>();
        Set<String> databases = new HashSet<>();
        Set<String> missing = new LinkedHashSet<>();
        for (AccountSet set : sets) {
            databases.addAll(set.databases());
            missing.addAll(set.missing());
            grants.addAll(set.grants());
            set.accounts().forEach(account -> accounts.merge(account.toString(), account, AccountIndex::both));
        }
        return new AccountSet(List.copyOf(accounts.values()), List.copyOf(grants), databases, List.copyOf(missing));
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

    /** The account of a user that a server would try first, wherever the client is; of anonymous ones for a user without; null when there is none. */
    public @Nullable Account matchAnyHost(String user) {
        List<Entry> entries = byUser.getOrDefault(user, byUser.getOrDefault("", List.of()));
        return entries.isEmpty() ? null : entries.get(0).account();
    }

    /**
     * Why a client may not have a default database, in the order in which servers look: the grant first, then the database.
     *
     * @param address numeric, or {@code localhost} for a unix socket
     * @param name resolved name of the address, or null
     * @return null when it may
     */
    public @Nullable SqlError databaseCheck(Account account, String database, String address, @Nullable String name) {
        return databaseCheck(account, database, ClientAddress.of(address, name), MatchOptions.DEFAULT);
    }

    /** The same for a listener's options. */
    @Nullable
    SqlError databaseCheck(Account account, String database, ClientAddress client, MatchOptions options) {
        Integer told = options.lowerCaseTableNames();
        int lowerCase = told == null ? settings.lowerCaseTableNames() : told;
        return databases.check(account, database, options.matchHost() ? client : null, lowerCase != 0);
    }

    /** An account whose authentication is gone through for a user that has none, always the same for one name; null when there are no accounts. */
    public @Nullable Account standIn(String user) {
        return standIns.of(user);
    }

    /** Number of accounts. */
    public int size() {
        return size;
    }

    /** Names of databases that exist; empty when they are not known. */
    public Set<String> databases() {
        return databases.existing();
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

    private static Account both(Account first, Account second) {
        Set<String> databases = new HashSet<>(first.databases());
        databases.addAll(second.databases());
        return new Account(
                first.user(),
                first.host(),
                first.methods(),
                first.restrictions(),
                first.anyDatabase() || second.anyDatabase(),
                databases,
                first.tls());
    }
}
